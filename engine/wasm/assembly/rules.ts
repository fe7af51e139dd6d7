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

/** Four weights and their slots, by the gradient g. Returns what is left in the slots: nothing but zeros means rest. */
function moveFour(rule: i32, w: usize, m: usize, v: usize, g: v128, step: v128, scale: v128): v128 {
  if (rule === momentum) {
    const mean = atLeastNormal(f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(m)), g));
    v128.store(m, mean);
    v128.store(w, f32x4.sub(v128.load(w), f32x4.mul(step, mean)));
    return mean;
  }
  const square = atLeastNormal(
    f32x4.add(f32x4.mul(f32x4.splat(beta2), v128.load(v)), f32x4.mul(f32x4.mul(f32x4.splat(gain2), g), g)),
  );
  v128.store(v, square);
  if (rule === rmsprop) {
    // Division is slow, and most gradients are zero.
    if (v128.any_true(f32x4.ne(g, f32x4.splat(0)))) {
      const root = f32x4.add(f32x4.sqrt(square), f32x4.splat(epsilon));
      v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(step, g), root)));
    }
    return square;
  }
  const mean = atLeastNormal(
    f32x4.add(f32x4.mul(f32x4.splat(beta1), v128.load(m)), f32x4.mul(f32x4.splat(gain1), g)),
  );
  v128.store(m, mean);
  const root = f32x4.add(f32x4.sqrt(f32x4.mul(square, scale)), f32x4.splat(epsilon));
  v128.store(w, f32x4.sub(v128.load(w), f32x4.div(f32x4.mul(step, mean), root)));
  return v128.or(mean, square);
}

/** `moveFour` n times without a gradient, from step `from` on. */
function coastFour(rule: i32, w: usize, m: usize, v: usize, from: i32, n: i32, share: v128): void {
  const end = from + n;
  let mean = rule === rmsprop ? f32x4.splat(0) : v128.load(m);
  let square = rule === momentum ? mean : v128.load(v);
  if (rule !== momentum && !v128.any_true(square)) return;
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
  let left = f32x4.splat(0);
  let o: usize = 0;
  for (; o + 16 <= bytes; o += 16)
    left = v128.or(
      left,
      moveFour(rule, w + o, m + o, v + o, f32x4.mul(factors, v128.load(delta + o)), step, scale),
    );
  if (o < bytes) {
    takeOut(rule, w + o, m + o, v + o, bytes - o);
    memory.copy(spare + 48, delta + o, bytes - o);
    const g = f32x4.mul(factors, v128.load(spare, 48));
    left = v128.or(left, moveFour(rule, spare, spare + 16, spare + 32, g, step, scale));
    putBack(rule, w + o, m + o, v + o, bytes - o);
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
  share: f32,
): void {
  for (const end = support + ((<usize>count) << 2); support < end; support += 4) {
    const i = load<i32>(support);
    const factor = load<f32>(x + ((<usize>i) << 2));
    if (factor !== 0) moveRow(rule, w, m, v, width, seen, stirred, done, i, factor, delta, share);
  }
}
