import { formatCount } from '../charts/figures.ts';
import { plainNumber } from '../shared/typed-number.ts';

export const mostMilestones = 6;

export type ParsedMilestones =
  | { readonly steps: readonly number[] }
  /** `index` is the field to be put right; -1 when it is the list as a whole. */
  | { readonly index: number; readonly problem: string };

/** Reads steps that a person typed, `4,000` or `4000`, and puts them in order. */
export function parseMilestones(texts: readonly string[]): ParsedMilestones {
  if (texts.length === 0) return { index: -1, problem: 'Keep at least one step.' };
  if (texts.length > mostMilestones)
    return { index: -1, problem: `There is room for ${mostMilestones} snapshots; remove some.` };
  const steps: number[] = [];
  for (const [index, text] of texts.entries()) {
    const digits = plainNumber(text.replaceAll('_', ''));
    if (digits === '') return { index, problem: 'Type a step, or remove the field.' };
    const step = /^\d+$/.test(digits) ? Number(digits) : Number.NaN;
    if (!Number.isSafeInteger(step) || step < 1)
      return { index, problem: `“${text.trim()}” is not a whole number of steps from 1 up.` };
    if (steps.includes(step)) return { index, problem: `${formatCount(step)} is there twice.` };
    steps.push(step);
  }
  return { steps: steps.sort((a, b) => a - b) };
}
