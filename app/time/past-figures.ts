import { measureWindow } from '../../engine/measure/run-measure.ts';
import type { LiveSteps } from '../state/live.ts';

/** The error over the last 1,000 steps that are shown, or as many as are held: what a run's summary says of now. */
export function figuresOfPast(steps: LiveSteps): { rmse: number; ratio: number | null; steps: number } {
  const inputs = steps.targetRows.length / steps.target.length;
  const from = Math.max(steps.held + 1, steps.end - measureWindow);
  let squares = 0;
  let persistence = 0;
  for (let step = from; step < steps.end; step++) {
    const [row, before] = [steps.at(step) * inputs, steps.at(step - 1) * inputs];
    for (let i = 0; i < inputs; i++) {
      const target = steps.targetRows[row + i]!;
      squares += (target - steps.predictionRows[row + i]!) ** 2;
      // The target before is the present value, even where a dream gets another input.
      persistence += (target - steps.targetRows[before + i]!) ** 2;
    }
  }
  const count = Math.max(0, steps.end - from);
  return {
    rmse: Math.sqrt(squares / (count * inputs)),
    ratio: persistence > 0 ? Math.sqrt(squares / persistence) : null,
    steps: count,
  };
}
