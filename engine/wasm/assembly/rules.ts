/*
 * The optimisers that remember: momentum, RMSProp, Adam. A row of slots without a gradient goes on shrinking, and may go
 * on moving its weights; those steps are made up for, one after the other and to the last bit as they would have been,
 * when the row is next needed. In registers that costs little.
 */

const momentum = 0;
const rmsprop = 1;

/** Below this a float32 is subnormal: slow, and zero on most GPUs. */
const leastNormal: f32 = 1.1754943508222875e-38;

let beta1: f32 = 0;
let gain1: f32 = 0;
let beta2: f32 = 0;
let gain2: f32 = 0;
let epsilon: f32 = 0;
/** Rings of what past steps multiplied by: the rate (by Adam's first correction), and 1 / Adam's second correction. */
let steps: usize = 0;
let scales: usize = 0;
let ring: i32 = 0;

/** The gains are 1 - beta, in full precision before they were rounded. */
export function setRule(b1: f32, g1: f32, b2: f32, g2: f32, e: f32): void {
  beta1 = b1;
  gain1 = g1;
  beta2 = b2;
  gain2 = g2;
  epsilon = e;
}

function atLeastNormal(values: v128): v128 {
  return v128.and(values, f32x4.ge(f32x4.abs(values), f32x4.splat(leastNormal)));
}

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

/** The same where only `count` entries of delta may not be zero: they are brought together, four at a time. */
function rmspropSparse(
  w: usize,
  v: usize,
  bytes: usize,
  delta: usize,
  support: usize,
  count: i32,
  factors: v128,
  step: v128,
): v128 {
  const gains = f32x4.splat(gain2);
  const epsilons = f32x4.splat(epsilon);
  let left = shrinkRow(v, bytes);
  for (const end = support + ((<usize>count) << 2); support < end; support += 16) {
    const i0 = (<usize>load<u32>(support)) << 2;
    // The last ones may be the same, which are then computed more than once.
    const i1 = (<usize>load<u32>(min(support + 4, end - 4))) << 2;
    const i2 = (<usize>load<u32>(min(support + 8, end - 4))) << 2;
    const i3 = (<usize>load<u32>(min(support + 12, end - 4))) << 2;
    const g = f32x4.mul(factors, gather(delta, i0, i1, i2, i3));
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

function ruleRow(
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

/** Four entries of a row, n times without a gradient, from step `from` on. */
function coastFour(rule: i32, w: usize, m: usize, v: usize, from: i32, n: i32, share: v128): void {
  const end = from + n;
  let mean = rule === rmsprop ? f32x4.splat(0) : v128.load(m);
  let square = rule === momentum ? mean : v128.load(v);
  const shrinks = f32x4.splat(beta2);
  let k = from;
  if (v128.any_true(mean)) {
    let weights = v128.load(w);
    const keeps = f32x4.splat(beta1);
    for (; k < end && v128.any_true(mean); k++) {
      const step = f32x4.mul(v128.load32_splat(steps + ((<usize>(k & ring)) << 2)), share);
      mean = atLeastNormal(f32x4.mul(keeps, mean));
      if (rule === momentum) weights = f32x4.sub(weights, f32x4.mul(step, mean));
      else {
        square = atLeastNormal(f32x4.mul(shrinks, square));
        const scale = v128.load32_splat(scales + ((<usize>(k & ring)) << 2));
        const root = f32x4.add(f32x4.sqrt(f32x4.mul(square, scale)), f32x4.splat(epsilon));
        weights = f32x4.sub(weights, f32x4.div(f32x4.mul(step, mean), root));
      }
    }
    v128.store(w, weights);
    v128.store(m, mean);
  }
  if (rule === momentum) return;
  for (; k < end; k++) square = f32x4.mul(shrinks, square);
  // What became subnormal on the way only shrank further.
  v128.store(v, atLeastNormal(square));
}

/** Only v shrinks where nothing moves: 32 at a time, because each product waits for the one before it. */
function shrinkMany(v: usize, n: i32): void {
  const shrinks = f32x4.splat(beta2);
  let a = v128.load(v);
  let b = v128.load(v, 16);
  let c = v128.load(v, 32);
  let d = v128.load(v, 48);
  let e = v128.load(v, 64);
  let f = v128.load(v, 80);
  let g = v128.load(v, 96);
  let h = v128.load(v, 112);
  const left = v128.or(v128.or(v128.or(a, b), v128.or(c, d)), v128.or(v128.or(e, f), v128.or(g, h)));
  if (!v128.any_true(left)) return;
  for (let k = 0; k < n; k++) {
    a = f32x4.mul(shrinks, a);
    b = f32x4.mul(shrinks, b);
    c = f32x4.mul(shrinks, c);
    d = f32x4.mul(shrinks, d);
    e = f32x4.mul(shrinks, e);
    f = f32x4.mul(shrinks, f);
    g = f32x4.mul(shrinks, g);
    h = f32x4.mul(shrinks, h);
  }
  v128.store(v, atLeastNormal(a));
  v128.store(v, atLeastNormal(b), 16);
  v128.store(v, atLeastNormal(c), 32);
  v128.store(v, atLeastNormal(d), 48);
  v128.store(v, atLeastNormal(e), 64);
  v128.store(v, atLeastNormal(f), 80);
  v128.store(v, atLeastNormal(g), 96);
  v128.store(v, atLeastNormal(h), 112);
}

/** A row's last one to three entries go through a place of their own, filled up with zeros: what is next is another row. */
let spare: usize = 0;

/** Makes up for n steps without a gradient. */
function coast(rule: i32, w: usize, m: usize, v: usize, bytes: usize, from: i32, n: i32, share: f32): void {
  let at: usize = 0;
  if (rule === rmsprop) for (; at + 128 <= bytes; at += 128) shrinkMany(v + at, n);
  const shares = f32x4.splat(share);
  for (; at + 16 <= bytes; at += 16) coastFour(rule, w + at, m + at, v + at, from, n, shares);
  if (at === bytes) return;
  takeOut(rule, w + at, m + at, v + at, bytes - at);
  coastFour(rule, spare, spare + 16, spare + 32, from, n, shares);
  putBack(rule, w + at, m + at, v + at, bytes - at);
}

function takeOut(rule: i32, w: usize, m: usize, v: usize, bytes: usize): void {
  memory.fill(spare, 0, 64);
  memory.copy(spare, w, bytes);
  if (rule !== rmsprop) memory.copy(spare + 16, m, bytes);
  if (rule !== momentum) memory.copy(spare + 32, v, bytes);
}

function putBack(rule: i32, w: usize, m: usize, v: usize, bytes: usize): void {
  memory.copy(w, spare, bytes);
  if (rule !== rmsprop) memory.copy(m, spare + 16, bytes);
  if (rule !== momentum) memory.copy(v, spare + 32, bytes);
}

/** `spareBytes`: 64 bytes, aligned. */
export function setRings(stepRing: usize, scaleRing: usize, length: i32, spareBytes: usize): void {
  steps = stepRing;
  scales = scaleRing;
  ring = length - 1;
  spare = spareBytes;
}

/**
 * Brings a row up to date: to the state after `done` steps. `seen` is the step that it stands at, and `stirred` 0 where all
 * its slots are zero, so that it need not be visited.
 */
function settle(
  rule: i32,
  w: usize,
  m: usize,
  v: usize,
  bytes: usize,
  seen: usize,
  stirred: usize,
  done: i32,
  share: f32,
): void {
  const from = load<i32>(seen);
  store<i32>(seen, done);
  if (done !== from && load<i32>(stirred)) coast(rule, w, m, v, bytes, from, done - from, share);
}

/** The same for the rows of a matrix that `support` lists, or, where it is 0, for the first `count`. */
export function settleRows(
  rule: i32,
  w: usize,
  m: usize,
  v: usize,
  width: i32,
  seen: usize,
  stirred: usize,
  done: i32,
  support: usize,
  count: i32,
  share: f32,
): void {
  const bytes = (<usize>width) << 2;
  for (let n = 0; n < count; n++) {
    const i = support ? load<u32>(support + ((<usize>n) << 2)) : n;
    const to = <usize>i * bytes;
    const at = (<usize>i) << 2;
    settle(rule, w + to, m + to, v + to, bytes, seen + at, stirred + at, done, share);
  }
}

/** Moves a row by the gradient factor * delta, after the steps that it missed. */
export function moveRow(
  rule: i32,
  w: usize,
  m: usize,
  v: usize,
  width: i32,
  seen: usize,
  stirred: usize,
  done: i32,
  row: i32,
  factor: f32,
  delta: usize,
  outputs: usize,
  outputCount: i32,
  share: f32,
): void {
  const bytes = (<usize>width) << 2;
  const to = <usize>row * bytes;
  const place = (<usize>row) << 2;
  settle(rule, w + to, m + to, v + to, bytes, seen + place, stirred + place, done, share);
  w += to;
  m += to;
  v += to;
  const at = (<usize>(done & ring)) << 2;
  const step = f32x4.mul(v128.load32_splat(steps + at), f32x4.splat(share));
  const scale = v128.load32_splat(scales + at);
  const factors = f32x4.splat(factor);
  const few = rule === rmsprop && outputCount * 3 < width * 2;
  let left = few
    ? rmspropSparse(w, v, bytes, delta, outputs, outputCount, factors, step)
    : ruleRow(rule, w, m, v, bytes, delta, factors, step, scale);
  const tail = bytes & 15;
  if (tail && !few) {
    const o = bytes - tail;
    takeOut(rule, w + o, m + o, v + o, tail);
    memory.copy(spare + 48, delta + o, tail);
    left = v128.or(left, ruleRow(rule, spare, spare + 16, spare + 32, 16, spare + 48, factors, step, scale));
    putBack(rule, w + o, m + o, v + o, tail);
  }
  store<i32>(seen + place, done + 1);
  store<i32>(stirred + place, i32(v128.any_true(left)));
}

/** Moves the rows that `support` lists, by the gradient x_i * delta. */
export function moveRows(
  rule: i32,
  w: usize,
  m: usize,
  v: usize,
  width: i32,
  seen: usize,
  stirred: usize,
  done: i32,
  x: usize,
  support: usize,
  count: i32,
  delta: usize,
  outputs: usize,
  outputCount: i32,
  share: f32,
): void {
  for (const end = support + ((<usize>count) << 2); support < end; support += 4) {
    const i = load<i32>(support);
    const factor = load<f32>(x + ((<usize>i) << 2));
    if (factor !== 0)
      moveRow(rule, w, m, v, width, seen, stirred, done, i, factor, delta, outputs, outputCount, share);
  }
}
