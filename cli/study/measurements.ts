import type { NetworkConfig } from '../../engine/model/config.ts';
import type { DriftProgress } from './drift-run.ts';
import type { Measured } from './records.ts';
import type { ChangeResult, Result, SymbolResult, WaveResult } from './result.ts';

/** All that the document is made of. */
export interface Measurements {
  cpu: Measured<Result>;
  /** DeepHTM with seeds that its settings were not chosen by. */
  fresh: Measured<Result> | null;
  gpu: Measured<WaveResult> | null;
  drift: Measured<DriftProgress> | null;
}

export const wavesOf = (results: readonly Result[], stream: string, predictor: string): WaveResult[] =>
  results.filter(
    (r): r is WaveResult => r.trial === 'wave' && r.stream === stream && r.predictor === predictor,
  );

export const changesOf = (results: readonly Result[], predictor: string): ChangeResult[] =>
  results.filter((r): r is ChangeResult => r.trial === 'change' && r.predictor === predictor);

export const symbolsOf = (results: readonly Result[], predictor: string): SymbolResult[] =>
  results.filter((r): r is SymbolResult => r.trial === 'symbols' && r.predictor === predictor);

/** Never is infinitely late. */
export const orNever = (steps: number | null): number => steps ?? Number.POSITIVE_INFINITY;

/** A warning where a table was measured with other settings than the study on the CPU; empty where it was not. */
export function settingsNote(own: NetworkConfig, study: NetworkConfig): string {
  const names = [...new Set([...Object.keys(own), ...Object.keys(study)])] as (keyof NetworkConfig)[];
  const differing = names.filter(name => JSON.stringify(own[name]) !== JSON.stringify(study[name]));
  if (differing.length === 0) return '';
  return `**Measured with other settings than the tables above** (${differing.join(', ')}); run the command again.\n\n`;
}
