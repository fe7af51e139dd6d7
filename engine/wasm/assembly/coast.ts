import {
  atLeastNormal,
  beta1,
  beta2,
  epsilon,
  momentum,
  ring,
  rmsprop,
  scales,
  spare,
  steps,
} from './rule-state';

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

/** Makes up for n steps without a gradient. */
export function coast(
  rule: i32,
  w: usize,
  m: usize,
  v: usize,
  bytes: usize,
  from: i32,
  n: i32,
  share: f32,
): void {
  let at: usize = 0;
  if (rule === rmsprop) for (; at + 128 <= bytes; at += 128) shrinkMany(v + at, n);
  const shares = f32x4.splat(share);
  for (; at + 16 <= bytes; at += 16) coastFour(rule, w + at, m + at, v + at, from, n, shares);
  if (at === bytes) return;
  takeOut(rule, w + at, m + at, v + at, bytes - at);
  coastFour(rule, spare, spare + 16, spare + 32, from, n, shares);
  putBack(rule, w + at, m + at, v + at, bytes - at);
}

export function takeOut(rule: i32, w: usize, m: usize, v: usize, bytes: usize): void {
  memory.fill(spare, 0, 64);
  memory.copy(spare, w, bytes);
  if (rule !== rmsprop) memory.copy(spare + 16, m, bytes);
  if (rule !== momentum) memory.copy(spare + 32, v, bytes);
}

export function putBack(rule: i32, w: usize, m: usize, v: usize, bytes: usize): void {
  memory.copy(w, spare, bytes);
  if (rule !== rmsprop) memory.copy(m, spare + 16, bytes);
  if (rule !== momentum) memory.copy(v, spare + 32, bytes);
}
