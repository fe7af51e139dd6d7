import type { Floors } from '../../engine/data/floors.ts';
import type { Summary } from '../../engine/measure/run-measure.ts';
import { formatAccuracy, formatCount, formatRatio } from './figures.ts';

/** Differences smaller than this say nothing. */
const margin = 0.05;

/** The present error against the floors, as a sentence: `figure` first, then what it means. */
export function ratioInWords(
  summary: Pick<Summary, 'steps' | 'rmse' | 'ratio' | 'accuracy'> | null,
  floors: Floors,
): { figure: string; meaning: string } {
  if (!summary || summary.steps === 0) return { figure: '', meaning: 'Nothing measured yet.' };
  const { rmse, ratio, steps } = summary;
  if (!Number.isFinite(rmse))
    return {
      figure: 'Diverged:',
      meaning: 'the error is no longer a number. Go back with a smaller learning rate.',
    };
  if (ratio === null)
    return { figure: '', meaning: 'The signal stands still, so there is no persistence to compare with.' };
  const figure = `${formatRatio(ratio)} of persistence`;
  const over = `(last ${formatCount(steps)} steps)`;
  if (ratio > 1 + margin) return { figure, meaning: `${over}: worse than repeating the last value.` };
  if (ratio > 1 - margin) return { figure, meaning: `${over}: no better than repeating the last value.` };
  const better = `${formatRatio(1 / ratio)} times better than repeating the last value`;
  const right = summary.accuracy?.ambiguous;
  // What begins a sequence is drawn by lot, and most of the error comes from there: what is right says more.
  if (typeof right === 'number')
    return {
      figure,
      meaning: `${over}: ${better}. ${formatAccuracy(right)} of D or Y are right; without memory half are.`,
    };
  const { noMemory } = floors;
  if (noMemory === null) return { figure, meaning: `${over}: ${better}.` };
  return rmse < noMemory * (1 - margin)
    ? { figure, meaning: `${over}: ${better}, and below what fixed weights without memory can do.` }
    : { figure, meaning: `${over}: ${better}, but no better than fixed weights without memory can be.` };
}
