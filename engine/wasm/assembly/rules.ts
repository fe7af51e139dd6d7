import { coast, putBack, takeOut } from './coast';
import { listEntries, rmspropSparse, ruleRow } from './rule-rows';
import {
  done,
  entries,
  m,
  ring,
  rmsprop,
  rule,
  scales,
  seen,
  share,
  spare,
  steps,
  stirred,
  v,
  weights,
  width,
} from './rule-state';

/*
 * The optimisers that remember: momentum, RMSProp, Adam. A row of slots without a gradient goes on shrinking, and may go
 * on moving its weights; those steps are made up for, one after the other and to the last bit as they would have been,
 * when the row is next needed. In registers that costs little.
 */

/** Brings a row up to date: to the state after `done` steps. */
function settle(row: i32): void {
  const at = (<usize>row) << 2;
  const from = load<i32>(seen + at);
  store<i32>(seen + at, done);
  if (done === from || !load<i32>(stirred + at)) return;
  const bytes = (<usize>width) << 2;
  const to = <usize>row * bytes;
  coast(rule, weights + to, m + to, v + to, bytes, from, done - from, share);
}

/** The same for the rows that `support` lists, or, where it is 0, for the first `count`. */
export function settleRows(support: usize, count: i32): void {
  for (let n = 0; n < count; n++) settle(support ? load<i32>(support + ((<usize>n) << 2)) : n);
}

/** Where the entries of delta end that were listed, or 0 where so many are not zero that all are visited. */
function listed(delta: usize, outputs: usize, outputCount: i32): usize {
  const few = rule === rmsprop && outputCount * 3 < width * 2;
  return few ? listEntries(entries, delta, outputs, outputCount) : 0;
}

/** Moves a row by the gradient factor * delta, after the steps that it missed. */
export function moveRow(row: i32, factor: f32, delta: usize, outputs: usize, outputCount: i32): void {
  move(row, factor, delta, listed(delta, outputs, outputCount));
}

function move(row: i32, factor: f32, delta: usize, listEnd: usize): void {
  settle(row);
  const bytes = (<usize>width) << 2;
  const to = <usize>row * bytes;
  const rowWeights = weights + to;
  const rowM = m + to;
  const rowV = v + to;
  const at = (<usize>(done & ring)) << 2;
  const step = f32x4.mul(v128.load32_splat(steps + at), f32x4.splat(share));
  const scale = v128.load32_splat(scales + at);
  const factors = f32x4.splat(factor);
  let left = listEnd
    ? rmspropSparse(rowWeights, rowV, bytes, entries, listEnd, factors, step)
    : ruleRow(rule, rowWeights, rowM, rowV, bytes, delta, factors, step, scale);
  const tail = bytes & 15;
  if (tail && !listEnd) {
    const o = bytes - tail;
    takeOut(rule, rowWeights + o, rowM + o, rowV + o, tail);
    memory.copy(spare + 48, delta + o, tail);
    left = v128.or(left, ruleRow(rule, spare, spare + 16, spare + 32, 16, spare + 48, factors, step, scale));
    putBack(rule, rowWeights + o, rowM + o, rowV + o, tail);
  }
  const place = (<usize>row) << 2;
  store<i32>(seen + place, done + 1);
  store<i32>(stirred + place, i32(v128.any_true(left)));
}

/** Moves the rows that `support` lists, by the gradient x_i * delta. */
export function moveRows(
  x: usize,
  support: usize,
  count: i32,
  delta: usize,
  outputs: usize,
  outputCount: i32,
): void {
  const listEnd = listed(delta, outputs, outputCount);
  for (const end = support + ((<usize>count) << 2); support < end; support += 4) {
    const i = load<i32>(support);
    const factor = load<f32>(x + ((<usize>i) << 2));
    if (factor !== 0) move(i, factor, delta, listEnd);
  }
}
