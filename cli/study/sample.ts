import { deepHtm, deepHtmConfig, entries } from './competitors.ts';
import type { Measurements } from './measurements.ts';
import type { ChangeResult, Result, SymbolResult, WaveResult } from './result.ts';
import { streams } from './streams.ts';

const columns = { inUse: 140, entropy: 0.8, burstRate: 0.01 };

/** Made-up results for tests of tables and pictures. */
export const wave = (changes: Partial<WaveResult> = {}): WaveResult => ({
  trial: 'wave',
  stream: 'sine-50',
  predictor: 'Persistence',
  seed: 1,
  rmse: [0.2, 0.2, 0.2],
  ratio: [1, 1, 1],
  curve: Array.from({ length: 40 }, () => 0.2),
  weightsStillRatio: 1,
  frozenRatio: 1,
  freeRun: [0.6, 0.7],
  amplitudeError: 0.3,
  periodError: 0.05,
  columns: changes.predictor?.startsWith(deepHtm) ? columns : null,
  ...changes,
});

export const changeRun = (changes: Partial<ChangeResult> = {}): ChangeResult => ({
  trial: 'change',
  stream: 'period-change',
  predictor: 'Persistence',
  seed: 1,
  before: 0.1,
  after: 0.2,
  back: 0.15,
  stepsToRecover: 700,
  curve: Array.from({ length: 64 }, () => 0.2),
  ...changes,
});

export const symbolRun = (changes: Partial<SymbolResult> = {}): SymbolResult => ({
  trial: 'symbols',
  stream: 'high-order',
  predictor: 'Persistence',
  seed: 1,
  accuracy: 1,
  symbolsToLearn: 2000,
  symbolsToRecover: 2500,
  curve: Array.from({ length: 40 }, () => 0.5),
  columns: null,
  ...changes,
});

/** One result of each kind for each predictor; `changes` makes those of DeepHTM. */
export function sampleResults(changes: Partial<WaveResult> = {}): Result[] {
  return entries.flatMap(({ name: predictor, trials }): Result[] => [
    ...(trials.includes('wave')
      ? streams.map(({ name: stream, period }) =>
          wave({
            stream,
            predictor,
            periodError: period === null ? null : 0.01,
            ...(predictor === deepHtm ? changes : {}),
          }),
        )
      : []),
    changeRun({ predictor }),
    symbolRun({ predictor }),
  ]);
}

export const sample = (results: Result[] = sampleResults()): Measurements => ({
  cpu: { network: deepHtmConfig(1), results },
  fresh: null,
  gpu: null,
  drift: null,
});
