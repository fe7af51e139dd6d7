import { addRow, sparse } from './matrix';

/** weights[i][o] -= rate * x_i * delta_o, where neither is zero. */
export function descend(
  weights: usize,
  width: i32,
  x: usize,
  support: usize,
  count: i32,
  delta: usize,
  outputs: usize,
  outputCount: i32,
  rate: f32,
): void {
  const row = (<usize>width) << 2;
  const end = support + ((<usize>count) << 2);
  if (outputCount * sparse < width) {
    const stop = outputs + ((<usize>outputCount) << 2);
    for (let at = support; at < end; at += 4) {
      const i = <usize>load<u32>(at);
      const r = weights + i * row;
      const step = rate * load<f32>(x + (i << 2));
      for (let m = outputs; m < stop; m += 4) {
        const o = (<usize>load<u32>(m)) << 2;
        store<f32>(r + o, load<f32>(r + o) - step * load<f32>(delta + o));
      }
    }
    return;
  }
  for (let at = support; at < end; at += 4) {
    const i = <usize>load<u32>(at);
    addRow(weights + i * row, delta, width, -rate * load<f32>(x + (i << 2)));
  }
}

/**
 * gradient_i += sum over o of weights[i][o] * delta_o, for the i in x's support: from its end, because what the forward
 * pass read last may still be in the cache.
 */
export function passBack(
  gradient: usize,
  gradientSupport: usize,
  weights: usize,
  width: i32,
  support: usize,
  count: i32,
  delta: usize,
  outputs: usize,
  outputCount: i32,
): void {
  sweep<bool>(
    gradient,
    gradientSupport,
    weights,
    width,
    0,
    support,
    count,
    delta,
    outputs,
    outputCount,
    false,
  );
}

/** `passBack` and then `descend`, in one sweep over the weights. */
export function passBackAndDescend(
  gradient: usize,
  gradientSupport: usize,
  weights: usize,
  width: i32,
  x: usize,
  support: usize,
  count: i32,
  delta: usize,
  outputs: usize,
  outputCount: i32,
  rate: f32,
): void {
  sweep<f32>(gradient, gradientSupport, weights, width, x, support, count, delta, outputs, outputCount, rate);
}

/** Compiled twice: only where `rate` is a number are there loops that move weights. */
function sweep<Rate>(
  gradient: usize,
  gradientSupport: usize,
  weights: usize,
  width: i32,
  x: usize,
  support: usize,
  count: i32,
  delta: usize,
  outputs: usize,
  outputCount: i32,
  rate: Rate,
): void {
  memory.copy(gradientSupport, support, (<usize>count) << 2);
  const row = (<usize>width) << 2;
  const end = support + ((<usize>count) << 2);
  // Three lanes and less are soonest done one by one, too.
  if (outputCount * sparse < width || width < 4) {
    const stop = outputs + ((<usize>outputCount) << 2);
    for (let at = support; at < end; at += 4) {
      const i = <usize>load<u32>(at);
      const r = weights + i * row;
      const step: f32 = isFloat<Rate>() ? <f32>rate * load<f32>(x + (i << 2)) : 0;
      let sum: f32 = 0;
      for (let m = outputs; m < stop; m += 4) {
        const o = (<usize>load<u32>(m)) << 2;
        const d = load<f32>(delta + o);
        const w = load<f32>(r + o);
        sum += d * w;
        if (isFloat<Rate>()) store<f32>(r + o, w - step * d);
      }
      add(gradient, i, sum);
    }
    return;
  }
  let at = end;
  // The test at the end lets V8 keep in registers what does not change from one turn to the next.
  if ((row & 15) === 0)
    for (; at - 16 >= support; ) {
      at -= 16;
      const i0 = <usize>load<u32>(at);
      const i1 = <usize>load<u32>(at, 4);
      const i2 = <usize>load<u32>(at, 8);
      const i3 = <usize>load<u32>(at, 12);
      const none = f32x4.splat(0);
      const x0 = isFloat<Rate>() ? f32x4.splat(<f32>rate * load<f32>(x + (i0 << 2))) : none;
      const x1 = isFloat<Rate>() ? f32x4.splat(<f32>rate * load<f32>(x + (i1 << 2))) : none;
      const x2 = isFloat<Rate>() ? f32x4.splat(<f32>rate * load<f32>(x + (i2 << 2))) : none;
      const x3 = isFloat<Rate>() ? f32x4.splat(<f32>rate * load<f32>(x + (i3 << 2))) : none;
      let r0 = weights + i0 * row;
      let r1 = weights + i1 * row;
      let r2 = weights + i2 * row;
      let r3 = weights + i3 * row;
      let a0 = none;
      let a1 = none;
      let a2 = none;
      let a3 = none;
      let d = delta;
      const stop = delta + row;
      do {
        const e = v128.load(d);
        let w = v128.load(r0);
        a0 = f32x4.add(a0, f32x4.mul(e, w));
        if (isFloat<Rate>()) v128.store(r0, f32x4.sub(w, f32x4.mul(x0, e)));
        w = v128.load(r1);
        a1 = f32x4.add(a1, f32x4.mul(e, w));
        if (isFloat<Rate>()) v128.store(r1, f32x4.sub(w, f32x4.mul(x1, e)));
        w = v128.load(r2);
        a2 = f32x4.add(a2, f32x4.mul(e, w));
        if (isFloat<Rate>()) v128.store(r2, f32x4.sub(w, f32x4.mul(x2, e)));
        w = v128.load(r3);
        a3 = f32x4.add(a3, f32x4.mul(e, w));
        if (isFloat<Rate>()) v128.store(r3, f32x4.sub(w, f32x4.mul(x3, e)));
        r0 += 16;
        r1 += 16;
        r2 += 16;
        r3 += 16;
        d += 16;
      } while (d < stop);
      add(gradient, i0, total(a0));
      add(gradient, i1, total(a1));
      add(gradient, i2, total(a2));
      add(gradient, i3, total(a3));
    }
  for (; at > support; ) {
    at -= 4;
    const i = <usize>load<u32>(at);
    const r = weights + i * row;
    add(gradient, i, dot(delta, r, row));
    if (isFloat<Rate>()) addRow(r, delta, width, -(<f32>rate) * load<f32>(x + (i << 2)));
  }
}

/** The sum of the four lanes. */
function total(a: v128): f32 {
  return (
    f32x4.extract_lane(a, 0) +
    f32x4.extract_lane(a, 1) +
    (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3))
  );
}

function dot(a: usize, b: usize, bytes: usize): f32 {
  let lanes = f32x4.splat(0);
  const end = a + bytes;
  for (; a + 16 <= end; a += 16, b += 16) lanes = f32x4.add(lanes, f32x4.mul(v128.load(a), v128.load(b)));
  let sum = total(lanes);
  for (; a < end; a += 4, b += 4) sum += load<f32>(a) * load<f32>(b);
  return sum;
}

function add(values: usize, i: usize, value: f32): void {
  const at = values + (i << 2);
  store<f32>(at, load<f32>(at) + value);
}
