import { symbols } from '../../engine/data/symbols.ts';
import { change, runChange } from './change.ts';
import { entries } from './competitors.ts';
import { highOrder, runSymbols } from './high-order.ts';
import type { Result, Task, Trial } from './result.ts';
import { streams } from './streams.ts';
import { runWave } from './wave.ts';

/** Does one task of the study, from a predictor that knows nothing. */
export function runTask(task: Task): Promise<Result> {
  const { enter } = entries.find(e => e.name === task.predictor)!;
  switch (task.trial) {
    case 'wave':
      return runWave(task, enter(task.seed, 1));
    case 'change':
      return runChange(task, enter(task.seed, 1));
    case 'symbols':
      return runSymbols(task, enter(task.seed, symbols.length));
  }
}

/** Names of what a trial is done on. */
export function streamsOf(trial: Trial): string[] {
  if (trial === 'wave') return streams.map(s => s.name);
  return [trial === 'change' ? change.name : highOrder.name];
}
