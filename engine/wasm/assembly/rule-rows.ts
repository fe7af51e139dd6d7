import {
  atLeastNormal,
  beta1,
  beta2,
  epsilon,
  gain1,
  gain2,
  leastNormal,
  momentum,
  rmsprop,
} from './rule-state';

/*
 * Each moves the weights of a row by the gradient factors * delta, and returns what is left in its slots: where that is
 * nothing but zeros, the row is at rest.
 */

function momentumRow(w: usize, m: usize, bytes: usize, delta: usize, factors: v128, step: v128): v128 {
  const keeps = f32x4.splat(beta1);
  let left = f32x4.splat(0);
  for (const end = w + (bytes & ~(<usize>15)); w < end; w += 16, m += 16, delta += 16) {
    const g = f32x4.mul(factors, v128.load(delta));
    const mean = atLeastNormal(f32x4.add(f32x4.mul(keeps, v128.load(m)), g));
    left = v128.or(left, mean);
    v128.store(m, mean);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(step, mean)));
  }
  return left;
}

function rmspropRow(w: usize, v: usize, bytes: usize, delta: usize, factors: v128, step: v128): v128 {
  const shrinks = f32x4.splat(beta2);
  const gains = f32x4.splat(gain2);
  const epsilons = f32x4.splat(epsilon);
  let left = f32x4.splat(0);
  for (const end = w + (bytes & ~(<usize>15)); w < end; w += 16, v += 16, delta += 16) {
    const g = f32x4.mul(factors, v128.load(delta));
    let square = f32x4.mul(shrinks, v128.load(v));
    // Roots and quotients are slow, and many gradients are zero.
    if (v128.any_true(f32x4.ne(g, f32x4.splat(0)))) {
      square = atLeastNormal(f32x4.add(square, f32x4.mul(f32x4.mul(gains, g), g)));
      const root = f32x4.add(f32x4.sqrt(square), epsilons);
      v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(step, g), root)));
    } else square = atLeastNormal(square);
    left = v128.or(left, square);
    v128.store(v, square);
  }
  return left;
}

/**
 * Writes those entries of delta that may not be zero to `into`, four at a time: where they are in a row, in bytes, and then
 * what they are. The last four may have the same one more than once. Returns where they end.
 */
export function listEntries(into: usize, delta: usize, support: usize, count: i32): usize {
  const last = support + ((<usize>(count - 1)) << 2);
  for (const end = support + ((<usize>count) << 2); support < end; into += 16)
    for (const stop = support + 16; support < stop; support += 4, into += 4) {
      const place = load<u32>(min(support, last)) << 2;
      store<u32>(into, place);
      store<f32>(into, load<f32>(delta + <usize>place), 16);
    }
  return into;
}

/** As rmspropRow, with nothing but the entries that `listEntries` wrote. */
export function rmspropSparse(
  w: usize,
  v: usize,
  bytes: usize,
  entries: usize,
  end: usize,
  factors: v128,
  step: v128,
): v128 {
  const gains = f32x4.splat(gain2);
  const epsilons = f32x4.splat(epsilon);
  let left = shrinkRow(v, bytes);
  for (; entries < end; entries += 32) {
    const i0 = <usize>load<u32>(entries);
    const i1 = <usize>load<u32>(entries, 4);
    const i2 = <usize>load<u32>(entries, 8);
    const i3 = <usize>load<u32>(entries, 12);
    const g = f32x4.mul(factors, v128.load(entries, 16));
    const added = f32x4.mul(f32x4.mul(gains, g), g);
    const square = atLeastNormal(f32x4.add(gather(v, i0, i1, i2, i3), added));
    const root = f32x4.add(f32x4.sqrt(square), epsilons);
    const weights = f32x4.sub(gather(w, i0, i1, i2, i3), f32x4.div(f32x4.mul(step, g), root));
    scatter(v, i0, i1, i2, i3, square);
    scatter(w, i0, i1, i2, i3, weights);
    left = v128.or(left, square);
  }
  return left;
}

function gather(from: usize, i0: usize, i1: usize, i2: usize, i3: usize): v128 {
  let lanes = v128.load32_zero(from + i0);
  lanes = v128.load32_lane(from + i1, lanes, 1);
  lanes = v128.load32_lane(from + i2, lanes, 2);
  return v128.load32_lane(from + i3, lanes, 3);
}

function scatter(into: usize, i0: usize, i1: usize, i2: usize, i3: usize, lanes: v128): void {
  v128.store32_lane(into + i0, lanes, 0);
  v128.store32_lane(into + i1, lanes, 1);
  v128.store32_lane(into + i2, lanes, 2);
  v128.store32_lane(into + i3, lanes, 3);
}

/** v for one step without a gradient. */
function shrinkRow(v: usize, bytes: usize): v128 {
  const shrinks = f32x4.splat(beta2);
  let left = f32x4.splat(0);
  const end = v + bytes;
  for (const stop = v + (bytes & ~(<usize>15)); v < stop; v += 16) {
    const square = atLeastNormal(f32x4.mul(shrinks, v128.load(v)));
    left = v128.or(left, square);
    v128.store(v, square);
  }
  for (; v < end; v += 4) {
    const square: f32 = beta2 * load<f32>(v);
    store<f32>(v, square < leastNormal ? 0 : square);
    if (square >= leastNormal) left = f32x4.splat(1);
  }
  return left;
}

function adamRow(
  w: usize,
  m: usize,
  v: usize,
  bytes: usize,
  delta: usize,
  factors: v128,
  step: v128,
  scale: v128,
): v128 {
  const keeps = f32x4.splat(beta1);
  const shrinks = f32x4.splat(beta2);
  const means = f32x4.splat(gain1);
  const squares = f32x4.splat(gain2);
  const epsilons = f32x4.splat(epsilon);
  let left = f32x4.splat(0);
  for (const end = w + (bytes & ~(<usize>15)); w < end; w += 16, m += 16, v += 16, delta += 16) {
    const g = f32x4.mul(factors, v128.load(delta));
    const mean = atLeastNormal(f32x4.add(f32x4.mul(keeps, v128.load(m)), f32x4.mul(means, g)));
    const square = atLeastNormal(
      f32x4.add(f32x4.mul(shrinks, v128.load(v)), f32x4.mul(f32x4.mul(squares, g), g)),
    );
    left = v128.or(left, v128.or(mean, square));
    v128.store(m, mean);
    v128.store(v, square);
    // Most of what no longer has a gradient has no momentum either.
    if (!v128.any_true(mean)) continue;
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(square, scale)), epsilons);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(step, mean), root)));
  }
  return left;
}

export function ruleRow(
  rule: i32,
  w: usize,
  m: usize,
  v: usize,
  bytes: usize,
  delta: usize,
  factors: v128,
  step: v128,
  scale: v128,
): v128 {
  if (rule === rmsprop) return rmspropRow(w, v, bytes, delta, factors, step);
  if (rule === momentum) return momentumRow(w, m, bytes, delta, factors, step);
  return adamRow(w, m, v, bytes, delta, factors, step, scale);
}
