import type { NetworkConfig } from '../../engine/model/config.ts';
import { formatError } from '../charts/figures.ts';
import { locale } from '../shared/locale.ts';
import type { Activity } from './activity.ts';

const value = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const fine = new Intl.NumberFormat(locale, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
const share = new Intl.NumberFormat(locale, {
  style: 'percent',
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
});
const whole = new Intl.NumberFormat(locale);

/** A minus sign is as wide as a digit, a hyphen is not. */
const signed = (text: string): string => text.replace('-', '−');

/** Signals and scores; short after a divergence, too. */
export const formatValue = (n: number): string =>
  Math.abs(n) >= 1e4 ? signed(formatError(n)) : signed(value.format(Math.abs(n) < 0.005 ? 0 : n));
/** Cells' activations and weights, which are small. */
export const formatFine = (n: number): string => signed(fine.format(Math.abs(n) < 0.0005 ? 0 : n));
export const formatShare = (n: number): string => share.format(n);
export const formatCount = (n: number): string => whole.format(n);

/** What is known of a network at one step. */
export interface Known {
  readonly config: NetworkConfig;
  readonly tensors: ReadonlyMap<string, Float32Array>;
  readonly activity: Activity | null;
  /** What the next value really was, first channel; null while unknown. */
  readonly actual: number | null;
  /** Share of the last steps at which a column won. */
  readonly duty: (column: number) => number;
}

/** The whole picture in words, for who cannot see it. */
export function summarise(step: number, { config, tensors, activity, actual }: Known): string {
  const { columns, cellsPerColumn, encoder, decoder, readout } = config;
  const structure =
    `Network: input, ${encoder.length} encoder ${encoder.length === 1 ? 'layer' : 'layers'} (${encoder.join(', ')} units), ` +
    `spatial pooler of ${columns} columns, temporal memory of ${cellsPerColumn} cells in each column, ` +
    `decoder (${decoder.join(', ')} units) that reads the ${readout} cells, output.`;
  const prediction = tensors.get('activity.prediction');
  const input = tensors.get('activity.input');
  if (!activity || !prediction || !input) return `${structure} It has not run yet.`;
  const predictive = tensors.get('state.predictive')?.reduce((n, v) => n + (v > 0 ? 1 : 0), 0) ?? 0;
  const signal =
    config.inputs === 1
      ? ` Input ${formatValue(input[0]!)}, prediction ${formatValue(prediction[0]!)}` +
        `${actual === null ? '' : `, actual next value ${formatValue(actual)}`}.`
      : '';
  return (
    `${structure} At step ${formatCount(step)}: winning columns ${activity.winners.join(', ')}; ` +
    `${activity.bursting.size} of them burst; ${formatCount(predictive)} of ` +
    `${formatCount(columns * cellsPerColumn)} cells are predictive.${signal}`
  );
}
