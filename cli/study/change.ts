import { SignalStream } from '../../engine/data/stream.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import type { Competitor } from './competitors.ts';
import {
  type ChangeResult,
  curveOf,
  curveWindow,
  persistenceRmse,
  quoteWindow,
  rmse,
  type Task,
} from './result.ts';

export const change = {
  name: 'period-change',
  label: 'A sudden change: period 50, then 31.7, then 50 again',
  periods: [50, 31.7],
  /** Steps until the change, from there to the way back, and after that. */
  steps: [10000, 5000, 1000],
  /** A predictor has recovered where its error is below this share of persistence. */
  recovered: 0.25,
} as const;

/** Learns throughout, while the period changes and changes back at the phase it has reached. */
export async function runChange(task: Task, competitor: Competitor): Promise<ChangeResult> {
  const signal = {
    ...defaultPreset.settings.signal,
    wave: 'sine',
    amplitude: 1,
    noise: 0,
    period: change.periods[0],
  } as const;
  const source = new SignalStream(signal, 1, task.seed);
  const [first, second, third] = change.steps;

  const known = source.rows(first);
  const before = await competitor.run(known, 'learning');
  source.setSignal({ ...signal, period: change.periods[1] });
  const unknown = source.rows(second);
  const after = await competitor.run(unknown, 'learning');
  source.setSignal(signal);
  const knownAgain = source.rows(third);
  const back = await competitor.run(knownAgain, 'learning');

  return {
    ...task,
    trial: 'change',
    before: rmse(known, before, first - quoteWindow, first),
    after: rmse(unknown, after, 0, quoteWindow),
    back: rmse(knownAgain, back, 0, quoteWindow),
    stepsToRecover: stepsToRecover(unknown, after),
    curve: [...curveOf(known, before), ...curveOf(unknown, after), ...curveOf(knownAgain, back)],
  };
}

/** Steps until the error over the last `curveWindow` rows is a quarter of persistence, within the rows given. */
export function stepsToRecover(rows: Float32Array, predictions: ArrayLike<number>): number | null {
  for (let end = curveWindow; end <= predictions.length; end++) {
    const from = end - curveWindow;
    if (rmse(rows, predictions, from, end) <= change.recovered * persistenceRmse(rows, from, end)) return end;
  }
  return null;
}
