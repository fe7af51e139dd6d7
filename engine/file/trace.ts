import type { StepRecords } from '../network.ts';

/**
 * A run as CSV, a line for each step. `step` counts steps done, from 1: a weights file saved at step `n` is followed by
 * the line of step `n + 1`. `input` is what the network was given: in free run, its own last prediction. Where there
 * are several inputs, the values of `input`, `target` and `prediction` are separated by spaces, as are `winners` (column
 * indices by descending score).
 */
export const TRACE_HEADER = 'step,input,target,prediction,loss,bursting,winners\n';

const SMALLEST_NORMAL = 2 ** -126;

/** The fewest digits that read back as the same float32, as in `0.1` for the float32 nearest to it. */
export function float32Text(value: number): string {
  // Every decimal of up to 6 digits survives float32, so shorter ones show among 6; below the normal range they do not.
  for (let digits = Math.abs(value) < SMALLEST_NORMAL ? 1 : 6; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return String(rounded);
  }
  return String(Number(value.toPrecision(9)));
}

/** The lines of a batch, each with its line end; append them in the order of the steps. */
export function traceLines(records: StepRecords): string {
  const { firstStep, count, input, target, prediction, loss, bursting, winners } = records;
  const inputs = input.length / count;
  const winnersPerStep = winners.length / count;
  let lines = '';
  for (let row = 0; row < count; row++) {
    const values = (of: Float32Array) =>
      Array.from(of.subarray(row * inputs, (row + 1) * inputs), float32Text).join(' ');
    const won = winners.subarray(row * winnersPerStep, (row + 1) * winnersPerStep).join(' ');
    lines += `${firstStep + row + 1},${values(input)},${values(target)},${values(prediction)},${float32Text(loss[row]!)},${bursting[row]},${won}\n`;
  }
  return lines;
}
