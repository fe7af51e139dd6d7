/* What the optimisers that remember go by: rules.ts. */

export const momentum = 0;
export const rmsprop = 1;

/** Below this a float32 is subnormal: slow, and zero on most GPUs. */
export const leastNormal: f32 = 1.1754943508222875e-38;

export let beta1: f32 = 0;
export let gain1: f32 = 0;
export let beta2: f32 = 0;
export let gain2: f32 = 0;
export let epsilon: f32 = 0;
/** Rings of what past steps multiplied by: the rate (by Adam's first correction), and 1 / Adam's second correction. */
export let steps: usize = 0;
export let scales: usize = 0;
export let ring: i32 = 0;

/** The gains are 1 - beta, in full precision before they were rounded. */
export function setRule(b1: f32, g1: f32, b2: f32, g2: f32, e: f32): void {
  beta1 = b1;
  gain1 = g1;
  beta2 = b2;
  gain2 = g2;
  epsilon = e;
}

export function atLeastNormal(values: v128): v128 {
  return v128.and(values, f32x4.ge(f32x4.abs(values), f32x4.splat(leastNormal)));
}

/** A row's last one to three entries go through a place of their own, filled up with zeros: what is next is another row. */
export let spare: usize = 0;
/** Room for the entries of a gradient that are not zero, and for where they are. */
export let entries: usize = 0;

/** `spareBytes`: 64 bytes, aligned; `entryBytes`: 8 for each entry of the widest matrix, and 24 more. */
export function setRings(
  stepRing: usize,
  scaleRing: usize,
  length: i32,
  spareBytes: usize,
  entryBytes: usize,
): void {
  steps = stepRing;
  scales = scaleRing;
  ring = length - 1;
  spare = spareBytes;
  entries = entryBytes;
}

/* The matrix whose rows move. */

export let rule: i32 = 0;
export let weights: usize = 0;
export let m: usize = 0;
export let v: usize = 0;
export let width: i32 = 0;
/** For each row, the step that it stands at. */
export let seen: usize = 0;
/** For each row, 0 where all its slots are zero, so that it need not be visited. */
export let stirred: usize = 0;
/** Steps before this one. */
export let done: i32 = 0;
/** Of the rate. */
export let share: f32 = 0;

export function setMatrix(
  itsRule: i32,
  itsWeights: usize,
  itsM: usize,
  itsV: usize,
  itsWidth: i32,
  itsSeen: usize,
  itsStirred: usize,
  stepsDone: i32,
  itsShare: f32,
): void {
  rule = itsRule;
  weights = itsWeights;
  m = itsM;
  v = itsV;
  width = itsWidth;
  seen = itsSeen;
  stirred = itsStirred;
  done = stepsDone;
  share = itsShare;
}
