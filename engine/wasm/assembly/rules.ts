import { coast, putBack, takeOut } from './coast';
import { rmspropSparse, ruleRow } from './rule-rows';
import { ring, rmsprop, scales, spare, steps } from './rule-state';

/*
 * The optimisers that remember: momentum, RMSProp, Adam. A row of slots without a gradient goes on shrinking, and may go
 * on moving its weights; those steps are made up for, one after the other and to the last bit as they would have been,
 * when the row is next needed. In registers that costs little.
 */

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
