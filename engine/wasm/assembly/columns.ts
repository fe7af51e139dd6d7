/** As in competition.ts: added to a column's variance. */
const leastVariance: f32 = 0.01;

/** Moves the columns' running mean and variance towards the overlaps. The first of all are taken as they are. */
export function follow(
  overlap: usize,
  mean: usize,
  variance: usize,
  columns: i32,
  rate: f32,
  first: i32,
): void {
  const bytes = (<usize>columns) << 2;
  if (first) {
    memory.copy(mean, overlap, bytes);
    memory.fill(variance, 0, bytes);
    return;
  }
  const rates = f32x4.splat(rate);
  const kept = f32x4.splat(1 - rate);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const m = v128.load(mean + at);
    const difference = f32x4.sub(v128.load(overlap + at), m);
    const moved = f32x4.mul(rates, difference);
    v128.store(mean + at, f32x4.add(m, moved));
    const v = f32x4.add(v128.load(variance + at), f32x4.mul(moved, difference));
    v128.store(variance + at, f32x4.mul(kept, v));
  }
  for (; at < bytes; at += 4) {
    const m = load<f32>(mean + at);
    const difference: f32 = load<f32>(overlap + at) - m;
    const moved: f32 = rate * difference;
    store<f32>(mean + at, m + moved);
    store<f32>(variance + at, (<f32>1 - rate) * (load<f32>(variance + at) + moved * difference));
  }
}

/** score = (overlap - mean) / sqrt(variance + leastVariance) */
export function normalise(score: usize, overlap: usize, mean: usize, variance: usize, columns: i32): void {
  const bytes = (<usize>columns) << 2;
  const least = f32x4.splat(leastVariance);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const difference = f32x4.sub(v128.load(overlap + at), v128.load(mean + at));
    v128.store(score + at, f32x4.div(difference, f32x4.sqrt(f32x4.add(v128.load(variance + at), least))));
  }
  for (; at < bytes; at += 4)
    store<f32>(
      score + at,
      (load<f32>(overlap + at) - load<f32>(mean + at)) / sqrt<f32>(load<f32>(variance + at) + leastVariance),
    );
}

/** values *= factor */
export function scale(values: usize, length: i32, factor: f32): void {
  const factors = f32x4.splat(factor);
  const end = values + ((<usize>length) << 2);
  for (; values + 16 <= end; values += 16) v128.store(values, f32x4.mul(factors, v128.load(values)));
  for (; values < end; values += 4) store<f32>(values, factor * load<f32>(values));
}

/** preference = score + conscience * max(0, 1 - duty / fairShare) */
export function favour(
  preference: usize,
  score: usize,
  duty: usize,
  columns: i32,
  conscience: f32,
  fairShare: f32,
): void {
  const bytes = (<usize>columns) << 2;
  const perShare: f32 = <f32>1 / fairShare;
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const lack = f32x4.sub(one, f32x4.mul(v128.load(duty + at), f32x4.splat(perShare)));
    const bonus = f32x4.mul(f32x4.splat(conscience), f32x4.max(lack, zero));
    v128.store(preference + at, f32x4.add(v128.load(score + at), bonus));
  }
  for (; at < bytes; at += 4) {
    const bonus: f32 = conscience * max<f32>(<f32>1 - load<f32>(duty + at) * perShare, 0);
    store<f32>(preference + at, load<f32>(score + at) + bonus);
  }
}

export function squaredNorm(values: usize, length: i32): f32 {
  const end = values + ((<usize>length) << 2);
  let a = f32x4.splat(0);
  let b = a;
  for (; values + 32 <= end; values += 32) {
    const v = v128.load(values);
    const w = v128.load(values, 16);
    a = f32x4.add(a, f32x4.mul(v, v));
    b = f32x4.add(b, f32x4.mul(w, w));
  }
  a = f32x4.add(a, b);
  let sum: f32 =
    f32x4.extract_lane(a, 0) +
    f32x4.extract_lane(a, 1) +
    (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
  for (; values < end; values += 4) sum += load<f32>(values) * load<f32>(values);
  return sum;
}
