import { addProduct, addRow, emit } from './matrix';

/**
 * `descend` with a step's x and delta, and then `affine` with the next one's x, in one sweep over the weights that both
 * have rows of; to the last bit as one after the other.
 */
export function descendAndAffine(
  y: usize,
  outputs: usize,
  weights: usize,
  bias: usize,
  width: i32,
  x: usize,
  support: usize,
  count: i32,
  relu: i32,
  before: usize,
  beforeSupport: usize,
  beforeCount: i32,
  delta: usize,
  rate: f32,
): i32 {
  const row = (<usize>width) << 2;
  memory.copy(y, bias, row);
  // Rows that only the first has.
  for (const end = beforeSupport + ((<usize>beforeCount) << 2); beforeSupport < end; beforeSupport += 4) {
    const i = <usize>load<u32>(beforeSupport);
    if (load<f32>(x + (i << 2)) === 0)
      addRow(weights + i * row, delta, width, -rate * load<f32>(before + (i << 2)));
  }
  const end = support + ((<usize>count) << 2);
  let at = support;
  if ((row & 31) === 0)
    for (; at + 16 <= end; at += 16) {
      const i0 = <usize>load<u32>(at);
      const i1 = <usize>load<u32>(at, 4);
      const i2 = <usize>load<u32>(at, 8);
      const i3 = <usize>load<u32>(at, 12);
      const x0 = v128.load32_splat(x + (i0 << 2));
      const x1 = v128.load32_splat(x + (i1 << 2));
      const x2 = v128.load32_splat(x + (i2 << 2));
      const x3 = v128.load32_splat(x + (i3 << 2));
      const c0 = f32x4.splat(left(before, x, i0, rate));
      const c1 = f32x4.splat(left(before, x, i1, rate));
      const c2 = f32x4.splat(left(before, x, i2, rate));
      const c3 = f32x4.splat(left(before, x, i3, rate));
      let r0 = weights + i0 * row;
      let r1 = weights + i1 * row;
      let r2 = weights + i2 * row;
      let r3 = weights + i3 * row;
      let s = y;
      let d = delta;
      const stop = delta + row;
      // As in back.ts, the test at the end.
      do {
        let e = v128.load(d);
        let w0 = f32x4.sub(v128.load(r0), f32x4.mul(c0, e));
        v128.store(r0, w0);
        let w1 = f32x4.sub(v128.load(r1), f32x4.mul(c1, e));
        v128.store(r1, w1);
        let w2 = f32x4.sub(v128.load(r2), f32x4.mul(c2, e));
        v128.store(r2, w2);
        let w3 = f32x4.sub(v128.load(r3), f32x4.mul(c3, e));
        v128.store(r3, w3);
        let a = f32x4.add(f32x4.mul(x0, w0), f32x4.mul(x1, w1));
        a = f32x4.add(a, f32x4.add(f32x4.mul(x2, w2), f32x4.mul(x3, w3)));
        v128.store(s, f32x4.add(v128.load(s), a));
        e = v128.load(d, 16);
        w0 = f32x4.sub(v128.load(r0, 16), f32x4.mul(c0, e));
        v128.store(r0, w0, 16);
        w1 = f32x4.sub(v128.load(r1, 16), f32x4.mul(c1, e));
        v128.store(r1, w1, 16);
        w2 = f32x4.sub(v128.load(r2, 16), f32x4.mul(c2, e));
        v128.store(r2, w2, 16);
        w3 = f32x4.sub(v128.load(r3, 16), f32x4.mul(c3, e));
        v128.store(r3, w3, 16);
        a = f32x4.add(f32x4.mul(x0, w0), f32x4.mul(x1, w1));
        a = f32x4.add(a, f32x4.add(f32x4.mul(x2, w2), f32x4.mul(x3, w3)));
        v128.store(s, f32x4.add(v128.load(s, 16), a), 16);
        r0 += 32;
        r1 += 32;
        r2 += 32;
        r3 += 32;
        s += 32;
        d += 32;
      } while (d < stop);
    }
  for (let rest = at; rest < end; rest += 4) {
    const i = <usize>load<u32>(rest);
    const c = left(before, x, i, rate);
    if (c !== 0) addRow(weights + i * row, delta, width, -c);
  }
  addProduct(y, weights, width, x, at, <i32>((end - at) >> 2));
  return emit(y, outputs, width, relu);
}

/** How far row i still has to move: it has already where x is zero, whether or not the support lists it. */
function left(before: usize, x: usize, i: usize, rate: f32): f32 {
  const at = i << 2;
  return load<f32>(x + at) === 0 ? 0 : rate * load<f32>(before + at);
}
