/** A range of inputs that a column wins, by its ends. */
export type Stretch = readonly [from: number, to: number];

/** The ranges of neighbouring inputs for which `wins` is set; `input` ascends. */
export function winningStretches(input: Float32Array, wins: Uint8Array): Stretch[] {
  const stretches: Stretch[] = [];
  let begun: number | null = null;
  for (let i = 0; i <= input.length; i++) {
    const winning = i < input.length && wins[i] === 1;
    if (winning) begun ??= i;
    else if (begun !== null) {
      stretches.push([input[begun]!, input[i - 1]!]);
      begun = null;
    }
  }
  return stretches;
}

/** The value at `x` of a curve through ascending points, by straight lines; null outside. */
export function curveAt(xs: Float32Array, ys: Float32Array, x: number): number | null {
  const after = xs.findIndex(point => point >= x);
  if (after < 0 || xs.length === 0 || x < xs[0]!) return null;
  if (after === 0) return ys[0]!;
  const share = (x - xs[after - 1]!) / (xs[after]! - xs[after - 1]!);
  return ys[after - 1]! + share * (ys[after]! - ys[after - 1]!);
}
