/** A run's error over its steps. */
export type Curve = readonly { step: number; rmse: number }[];

/** The errors of all curves at one step, by the curves' order; null where a curve has none. */
export interface OverlayRow {
  step: number;
  errors: (number | null)[];
}

const mostRows = 300;

/** At `step`, between the two points around it as a logarithmic axis draws the line between them; null beyond the curve. */
function errorAt(curve: Curve, step: number): number | null {
  const next = curve.findIndex(point => point.step >= step);
  if (next === -1) return null;
  const after = curve[next]!;
  if (after.step === step) return after.rmse;
  const before = curve[next - 1];
  if (!before) return null;
  const share = (step - before.step) / (after.step - before.step);
  return before.rmse * (after.rmse / before.rmse) ** share;
}

/** Several curves on the same steps: those that any of them has, or 300 of them, as even as they come on a log axis. */
export function overlay(curves: readonly Curve[]): OverlayRow[] {
  const all = [...new Set(curves.flatMap(curve => curve.map(point => point.step)))].sort((a, b) => a - b);
  const [first, last] = [all[0], all.at(-1)];
  if (first === undefined || last === undefined) return [];
  let steps = all;
  if (all.length > mostRows) {
    const ratio = (last / first) ** (1 / mostRows);
    const ends = curves.flatMap(curve => curve.at(-1)?.step ?? []);
    let due = first;
    steps = all.filter(step => {
      if (step < due && !ends.includes(step)) return false;
      due = Math.max(due * ratio, step);
      return true;
    });
  }
  return steps.map(step => ({ step, errors: curves.map(curve => errorAt(curve, step)) }));
}
