import { measureWindow, type Summary } from '../../engine/measure/run-measure.ts';
import { SymbolAccuracy } from '../../engine/measure/symbol-accuracy.ts';
import type { LiveSteps } from '../state/live.ts';

export type PastFigures = Pick<Summary, 'step' | 'steps' | 'rmse' | 'ratio' | 'columnsInUse' | 'accuracy'>;

/**
 * What a run's summary says of now, of the last 1,000 steps that are shown, or of as many as are held.
 * @param symbolic whether the signal is one of symbols, each predicted right or not
 */
export function figuresOfPast(steps: LiveSteps, symbolic: boolean): PastFigures {
  const inputs = steps.targetRows.length / steps.target.length;
  // What was present at the first step that is held is known of its first channel only.
  const from = Math.max(steps.held + (inputs > 1 ? 1 : 0), steps.end - measureWindow);
  let squares = 0;
  let persistence = 0;
  for (let step = from; step < steps.end; step++) {
    const [row, before] = [steps.at(step) * inputs, steps.at(step - 1) * inputs];
    for (let i = 0; i < inputs; i++) {
      const target = steps.targetRows[row + i]!;
      squares += (target - steps.predictionRows[row + i]!) ** 2;
      // The target before is the present value, even where a dream gets another input.
      const present = step > steps.held ? steps.targetRows[before + i]! : steps.input[steps.at(step)]!;
      persistence += (target - present) ** 2;
    }
  }
  const won = new Set<number>();
  for (let step = Math.max(steps.held, steps.end - measureWindow); step < steps.end; step++)
    for (let i = 0; i < steps.winnerCount; i++)
      won.add(steps.winners[steps.at(step) * steps.winnerCount + i]!);
  const count = Math.max(0, steps.end - from);
  return {
    step: steps.end,
    rmse: Math.sqrt(squares / (count * inputs)),
    ratio: persistence > 0 ? Math.sqrt(squares / persistence) : null,
    steps: count,
    columnsInUse: won.size,
    accuracy: symbolic ? accuracyOf(steps) : null,
  };
}

function accuracyOf(steps: LiveSteps): Summary['accuracy'] {
  const accuracy = new SymbolAccuracy();
  const { targetRows: target, predictionRows: prediction } = steps;
  for (let step = steps.held; step < steps.end; step++)
    accuracy.addStep({ target, prediction }, steps.at(step));
  return accuracy.value;
}
