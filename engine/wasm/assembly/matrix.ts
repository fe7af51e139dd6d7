/*
 * The loops over weights, four lanes at a time. Pointers are byte offsets into the one memory of a network; a matrix is
 * [in][out], `width` = out, and a sparse vector is its values, the indices of those that may not be zero, and their count.
 * Lanes are summed in a fixed order, so results are the same on every machine.
 */

/** Below this share of entries that may not be zero, a loop over them beats one over all lanes. */
export const sparse = 6;

/**
 * sum[o] += x_i * weights[i][o], eight or four rows at a time where their width is a multiple of eight. Either way the
 * products of four rows are added up first, so the sums are the same to the last bit.
 */
export function addProduct(
  sum: usize,
  weights: usize,
  width: i32,
  x: usize,
  support: usize,
  count: i32,
): void {
  const row = (<usize>width) << 2;
  const end = support + ((<usize>count) << 2);
  let at = support;
  if ((row & 31) === 0) {
    for (; at + 32 <= end; at += 32) {
      const i0 = <usize>load<u32>(at);
      const i1 = <usize>load<u32>(at, 4);
      const i2 = <usize>load<u32>(at, 8);
      const i3 = <usize>load<u32>(at, 12);
      const i4 = <usize>load<u32>(at, 16);
      const i5 = <usize>load<u32>(at, 20);
      const i6 = <usize>load<u32>(at, 24);
      const i7 = <usize>load<u32>(at, 28);
      const x0 = v128.load32_splat(x + (i0 << 2));
      const x1 = v128.load32_splat(x + (i1 << 2));
      const x2 = v128.load32_splat(x + (i2 << 2));
      const x3 = v128.load32_splat(x + (i3 << 2));
      const x4 = v128.load32_splat(x + (i4 << 2));
      const x5 = v128.load32_splat(x + (i5 << 2));
      const x6 = v128.load32_splat(x + (i6 << 2));
      const x7 = v128.load32_splat(x + (i7 << 2));
      let r0 = weights + i0 * row;
      let r1 = weights + i1 * row;
      let r2 = weights + i2 * row;
      let r3 = weights + i3 * row;
      let r4 = weights + i4 * row;
      let r5 = weights + i5 * row;
      let r6 = weights + i6 * row;
      let r7 = weights + i7 * row;
      let s = sum;
      const stop = sum + row;
      do {
        let t = addFour(
          v128.load(s),
          f32x4.mul(x0, v128.load(r0)),
          f32x4.mul(x1, v128.load(r1)),
          f32x4.mul(x2, v128.load(r2)),
          f32x4.mul(x3, v128.load(r3)),
        );
        // Stored at once, or V8 would load all eight rows before it adds, and run out of registers.
        v128.store(s, t);
        t = addFour(
          t,
          f32x4.mul(x4, v128.load(r4)),
          f32x4.mul(x5, v128.load(r5)),
          f32x4.mul(x6, v128.load(r6)),
          f32x4.mul(x7, v128.load(r7)),
        );
        v128.store(s, t);
        t = addFour(
          v128.load(s, 16),
          f32x4.mul(x0, v128.load(r0, 16)),
          f32x4.mul(x1, v128.load(r1, 16)),
          f32x4.mul(x2, v128.load(r2, 16)),
          f32x4.mul(x3, v128.load(r3, 16)),
        );
        v128.store(s, t, 16);
        t = addFour(
          t,
          f32x4.mul(x4, v128.load(r4, 16)),
          f32x4.mul(x5, v128.load(r5, 16)),
          f32x4.mul(x6, v128.load(r6, 16)),
          f32x4.mul(x7, v128.load(r7, 16)),
        );
        v128.store(s, t, 16);
        r0 += 32;
        r1 += 32;
        r2 += 32;
        r3 += 32;
        r4 += 32;
        r5 += 32;
        r6 += 32;
        r7 += 32;
        s += 32;
      } while (s < stop);
    }
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
      const stop = sum + row;
      do {
        v128.store(
          s,
          addFour(
            v128.load(s),
            f32x4.mul(x0, v128.load(r0)),
            f32x4.mul(x1, v128.load(r1)),
            f32x4.mul(x2, v128.load(r2)),
            f32x4.mul(x3, v128.load(r3)),
          ),
        );
        r0 += 16;
        r1 += 16;
        r2 += 16;
        r3 += 16;
        s += 16;
      } while (s < stop);
    }
  }
  if (width === 1) {
    let s = load<f32>(sum);
    for (; at < end; at += 4) {
      const i = (<usize>load<u32>(at)) << 2;
      s += load<f32>(x + i) * load<f32>(weights + i);
    }
    store<f32>(sum, s);
  }
  for (; at < end; at += 4) {
    const i = <usize>load<u32>(at);
    addRow(sum, weights + i * row, width, load<f32>(x + (i << 2)));
  }
}

/** sum + ((a + b) + (c + d)) */
function addFour(sum: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  return f32x4.add(sum, f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
}

/** into += factor * from */
export function addRow(into: usize, from: usize, length: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = into + ((<usize>length) << 2);
  for (; into + 16 <= end; into += 16, from += 16)
    v128.store(into, f32x4.add(v128.load(into), f32x4.mul(factors, v128.load(from))));
  for (; into < end; into += 4, from += 4) store<f32>(into, load<f32>(into) + factor * load<f32>(from));
}

/** For each set of lanes, the bytes that bring them to the front: [16][16]. */
let fronts: usize = 0;

/** `table` has 256 bytes. */
export function prepare(table: usize): void {
  fronts = table;
  for (let set = 0; set < 16; set++)
    for (let lane = 0, at = table + ((<usize>set) << 4); lane < 4; lane++)
      if ((set >> lane) & 1) {
        store<u32>(at, 0x03020100 + lane * 0x04040404);
        at += 4;
      }
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
  return emit(y, outputs, width, relu);
}

/** What is left to do when all is summed up. */
export function emit(y: usize, outputs: usize, width: i32, relu: i32): i32 {
  const zero = f32x4.splat(0);
  const four = i32x4.splat(4);
  const table = fronts;
  let at = outputs;
  let indices = i32x4(0, 1, 2, 3);
  let o = 0;
  if (width >= 4)
    do {
      let set = 15;
      if (relu) {
        const z = v128.load(y);
        set = i32x4.bitmask(f32x4.gt(z, zero));
        // Not f32x4.max, which takes eight instructions on x86.
        v128.store(y, v128.andnot(z, f32x4.le(z, zero)));
      }
      // Never more than o + 4 of them, so there is room for all four.
      v128.store(at, i8x16.swizzle(indices, v128.load(table + ((<usize>set) << 4))));
      at += (<usize>popcnt(set)) << 2;
      indices = i32x4.add(indices, four);
      o += 4;
      y += 16;
    } while (o + 4 <= width);
  for (; o < width; o++, y += 4) {
    const z = load<f32>(y);
    store<i32>(at, o);
    if (relu) store<f32>(y, max<f32>(z, 0));
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
