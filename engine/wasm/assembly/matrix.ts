/*
 * The loops over weights, four lanes at a time. Pointers are byte offsets into the one memory of a network; a matrix is
 * [in][out], `width` = out, and a sparse vector is its values, the indices of those that may not be zero, and their count.
 * Lanes are summed in a fixed order, so results are the same on every machine.
 */

/** Below this share of entries that may not be zero, a loop over them beats one over all lanes. */
export const sparse = 6;

/** sum[o] += x_i * weights[i][o], four rows at a time, 32 columns at a time. */
export function addProduct(
  sum: usize,
  weights: usize,
  width: i32,
  x: usize,
  support: usize,
  count: i32,
): void {
  const row = (<usize>width) << 2;
  const lanes = row & ~(<usize>127);
  const end = support + ((<usize>count) << 2);
  let at = support;
  for (; at + 16 <= end; at += 16) {
    const i0 = <usize>load<u32>(at);
    const i1 = <usize>load<u32>(at, 4);
    const i2 = <usize>load<u32>(at, 8);
    const i3 = <usize>load<u32>(at, 12);
    const x0 = v128.load32_splat(x + (i0 << 2));
    const x1 = v128.load32_splat(x + (i1 << 2));
    const x2 = v128.load32_splat(x + (i2 << 2));
    const x3 = v128.load32_splat(x + (i3 << 2));
    let r0 = weights + i0 * row;
    let r1 = weights + i1 * row;
    let r2 = weights + i2 * row;
    let r3 = weights + i3 * row;
    let s = sum;
    for (const stop = sum + lanes; s < stop; s += 128) {
      addFour(s, x0, r0, x1, r1, x2, r2, x3, r3);
      addFour(s + 16, x0, r0 + 16, x1, r1 + 16, x2, r2 + 16, x3, r3 + 16);
      addFour(s + 32, x0, r0 + 32, x1, r1 + 32, x2, r2 + 32, x3, r3 + 32);
      addFour(s + 48, x0, r0 + 48, x1, r1 + 48, x2, r2 + 48, x3, r3 + 48);
      addFour(s + 64, x0, r0 + 64, x1, r1 + 64, x2, r2 + 64, x3, r3 + 64);
      addFour(s + 80, x0, r0 + 80, x1, r1 + 80, x2, r2 + 80, x3, r3 + 80);
      addFour(s + 96, x0, r0 + 96, x1, r1 + 96, x2, r2 + 96, x3, r3 + 96);
      addFour(s + 112, x0, r0 + 112, x1, r1 + 112, x2, r2 + 112, x3, r3 + 112);
      r0 += 128;
      r1 += 128;
      r2 += 128;
      r3 += 128;
    }
    for (const stop = sum + (row & ~(<usize>15)); s < stop; s += 16) {
      addFour(s, x0, r0, x1, r1, x2, r2, x3, r3);
      r0 += 16;
      r1 += 16;
      r2 += 16;
      r3 += 16;
    }
    for (const stop = sum + row; s < stop; s += 4) {
      const a = f32x4.extract_lane(x0, 0) * load<f32>(r0) + f32x4.extract_lane(x1, 0) * load<f32>(r1);
      const b = f32x4.extract_lane(x2, 0) * load<f32>(r2) + f32x4.extract_lane(x3, 0) * load<f32>(r3);
      store<f32>(s, load<f32>(s) + (a + b));
      r0 += 4;
      r1 += 4;
      r2 += 4;
      r3 += 4;
    }
  }
  for (; at < end; at += 4) {
    const i = <usize>load<u32>(at);
    addRow(sum, weights + i * row, width, load<f32>(x + (i << 2)));
  }
}

/** Four columns of four rows. */
function addFour(
  s: usize,
  x0: v128,
  r0: usize,
  x1: v128,
  r1: usize,
  x2: v128,
  r2: usize,
  x3: v128,
  r3: usize,
): void {
  const a = f32x4.add(f32x4.mul(x0, v128.load(r0)), f32x4.mul(x1, v128.load(r1)));
  const b = f32x4.add(f32x4.mul(x2, v128.load(r2)), f32x4.mul(x3, v128.load(r3)));
  v128.store(s, f32x4.add(v128.load(s), f32x4.add(a, b)));
}

/** into += factor * from */
export function addRow(into: usize, from: usize, length: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = into + ((<usize>length) << 2);
  for (; into + 16 <= end; into += 16, from += 16)
    v128.store(into, f32x4.add(v128.load(into), f32x4.mul(factors, v128.load(from))));
  for (; into < end; into += 4, from += 4) store<f32>(into, load<f32>(into) + factor * load<f32>(from));
}

/**
 * y = W x + b, its negative entries set to zero where `relu` is not 0. Writes the indices of what may not be zero to
 * `outputs`, and returns their count.
 */
export function affine(
  y: usize,
  outputs: usize,
  weights: usize,
  bias: usize,
  width: i32,
  x: usize,
  support: usize,
  count: i32,
  relu: i32,
): i32 {
  memory.copy(y, bias, (<usize>width) << 2);
  addProduct(y, weights, width, x, support, count);
  let at = outputs;
  for (let o = 0; o < width; o++, y += 4) {
    const z = load<f32>(y);
    store<i32>(at, o);
    if (relu) store<f32>(y, max<f32>(z, 0));
    // No branch: signs are as good as random.
    at += (<usize>(i32(!relu) | i32(z > 0))) << 2;
  }
  return <i32>((at - outputs) >> 2);
}

/** The same where only `count` entries of `from` may not be zero. */
export function addScaled(
  into: usize,
  from: usize,
  length: i32,
  support: usize,
  count: i32,
  factor: f32,
): void {
  if (count * sparse >= length) {
    addRow(into, from, length, factor);
    return;
  }
  for (const end = support + ((<usize>count) << 2); support < end; support += 4) {
    const at = (<usize>load<u32>(support)) << 2;
    store<f32>(into + at, load<f32>(into + at) + factor * load<f32>(from + at));
  }
}
