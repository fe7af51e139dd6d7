import { SignalStream } from '../../engine/data/stream.ts';
import { isAmbiguous, symbolOf, symbols } from '../../engine/data/symbols.ts';
import { ambiguousWindow, SymbolAccuracy } from '../../engine/measure/symbol-accuracy.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import type { Competitor } from './competitors.ts';
import type { SymbolResult, Task } from './result.ts';

export const highOrder = {
  name: 'high-order',
  label: 'High-order sequences: A-B-C-D and X-B-C-Y',
  /** Symbols until the endings are swapped, and after that. */
  steps: [5000, 5000],
  /** Share of the last 250 ambiguous symbols that must be predicted. */
  learned: 0.99,
  /** Symbols of one point of the learning curve. */
  curveWindow: 250,
} as const;

/** Learns 5,000 symbols of A-B-C-D and X-B-C-Y in random order, then 5,000 of A-B-C-Y and X-B-C-D. */
export async function runSymbols(task: Task, competitor: Competitor): Promise<SymbolResult> {
  const signal = { ...defaultPreset.settings.signal, wave: 'highOrder', amplitude: 1, noise: 0 } as const;
  const source = new SignalStream({ ...signal, endings: 'plain' }, symbols.length, task.seed);
  const [plainSteps, swappedSteps] = highOrder.steps;
  const plainRows = source.rows(plainSteps);
  const plain = progress(plainRows, await competitor.run(plainRows, 'learning'));
  const columns = competitor.columnUse();
  source.setSignal({ ...signal, endings: 'swapped' });
  const swappedRows = source.rows(swappedSteps);
  const swapped = progress(swappedRows, await competitor.run(swappedRows, 'learning'));
  return {
    ...task,
    trial: 'symbols',
    accuracy: plain.curve.at(-1)!,
    symbolsToLearn: plain.learnedAfter,
    symbolsToRecover: swapped.learnedAfter,
    curve: [...plain.curve, ...swapped.curve],
    columns,
  };
}

/** How predictions of symbols came to be right where only memory could tell. */
export interface Progress {
  /** Symbols until 99% of the last 250 ambiguous ones were predicted; null if they never were. */
  learnedAfter: number | null;
  /** Share of the last 250 that was, or of all that there were by then, after each `curveWindow` symbols. */
  curve: number[];
}

/**
 * @param rows input and target, [count, 2, 6]
 * @param predictions [count, 6]
 */
export function progress(rows: Float32Array, predictions: ArrayLike<number>): Progress {
  const width = symbols.length;
  const target = rows.filter((_, i) => i % (2 * width) >= width);
  const prediction = Float32Array.from(predictions);
  const accuracy = new SymbolAccuracy();
  const curve: number[] = [];
  let ambiguous = 0;
  let learnedAfter: number | null = null;
  for (let t = 0; t < target.length / width; t++) {
    accuracy.addStep({ target, prediction }, t);
    if (isAmbiguous(symbolOf(target, t))) ambiguous++;
    const right = accuracy.value.ambiguous ?? 0;
    if (ambiguous >= ambiguousWindow && right >= highOrder.learned) learnedAfter ??= t + 1;
    if ((t + 1) % highOrder.curveWindow === 0) curve.push(right);
  }
  return { learnedAfter, curve };
}
