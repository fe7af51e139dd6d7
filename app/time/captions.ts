import { symbols } from '../../engine/data/symbols.ts';
import type { NetworkConfig, Settings } from '../../engine/model/config.ts';
import { formatCount, formatError, formatValue } from '../charts/figures.ts';
import type { Change, CloseUp } from '../worker/protocol.ts';
import type { PhaseName } from './phases.ts';

/** What a phase did in this very step, in a sentence or two. */
export function captionOf(phase: PhaseName, closeUp: CloseUp, { network, signal }: Settings): string {
  const tensor = (name: string) => closeUp.frame.tensors.get(name) ?? new Float32Array(0);
  const named = (values: Float32Array): string => {
    if (network.inputs === 1) return formatValue(values[0]!);
    return signal.wave === 'highOrder' ? symbols[largest(values)]! : `${network.inputs} values`;
  };
  switch (phase) {
    case 'encode': {
      const counts = network.encoder.map((units, i) => {
        const responding = formatCount(positive(tensor(`activity.encoder.${i}`)));
        return `${responding} of ${formatCount(units)}${i === 0 ? ' units respond' : ''}`;
      });
      return `The input, ${named(tensor('activity.input'))}, enters the encoder: ${counts.join(', then ')}.`;
    }
    case 'overlap': {
      const scores = tensor('activity.score');
      return (
        `Each of ${formatCount(network.columns)} columns weighs these features. Scores reach from ` +
        `${formatValue(Math.min(...scores))} to ${formatValue(Math.max(...scores))}, in column ${largest(scores)}.`
      );
    }
    case 'inhibit': {
      const winners = listOf([...tensor('activity.winners')]);
      return `${formatCount(network.winners)} of ${formatCount(network.columns)} columns win: ${winners}. All others are silenced.`;
    }
    case 'predict':
      return predictCaption(closeUp, network, tensor);
    case 'decode': {
      const prediction = tensor('activity.prediction');
      const said = `The decoder reads the ${network.readout} cells and expects ${named(prediction)}`;
      if (network.inputs > 1) {
        const came = signal.wave === 'highOrder' ? `What comes is ${named(closeUp.target)}. ` : '';
        return `${said}. ${came}Mean squared error ${formatError(closeUp.loss)}.`;
      }
      const off = prediction[0]! - closeUp.target[0]!;
      return `${said}. What comes is ${named(closeUp.target)}: off by ${signed(off)}.`;
    }
    case 'backward':
      return backwardCaption(closeUp, network, tensor('activity.prediction'));
    case 'update':
      return updateCaption(closeUp);
  }
}

function predictCaption(
  { bursting }: CloseUp,
  { winners, columns, cellsPerColumn }: NetworkConfig,
  tensor: (name: string) => Float32Array,
): string {
  const active = tensor('state.active').reduce((count, value) => count + (value === 0 ? 0 : 1), 0);
  const foreseen = winners - bursting;
  const burst =
    bursting === 0
      ? ''
      : `; ${formatCount(bursting)}, which nothing predicted, ${bursting === 1 ? 'bursts' : 'burst'}`;
  return (
    `${formatCount(foreseen)} of the ${formatCount(winners)} winners ${foreseen === 1 ? 'was' : 'were'} predicted${burst}: ` +
    `${formatCount(active)} cells are active. They make ${formatCount(positive(tensor('state.predictive')))} of ` +
    `${formatCount(columns * cellsPerColumn)} cells predictive for the next step.`
  );
}

function backwardCaption(
  { errors, loss, target }: CloseUp,
  { inputs, decoder }: NetworkConfig,
  prediction: Float32Array,
): string {
  if (!errors) return 'Nothing is learned now, so no error flows back.';
  const reached = (part: string) => {
    let count = 0;
    // The decoder's last layer is the output itself.
    for (const [layer, values] of errors)
      if (layer.startsWith(part) && layer !== `decoder.${decoder.length}`)
        count += values.reduce((n, value) => n + (value === 0 ? 0 : 1), 0);
    return formatCount(count);
  };
  const error =
    inputs === 1
      ? `error, ${signed(prediction[0]! - target[0]!)},`
      : `error, in the mean square ${formatError(loss)},`;
  return (
    `The ${error} flows back: to ${reached('decoder')} units of the decoder, ${reached('memory')} cells, ` +
    `${reached('pooler')} columns and ${reached('encoder')} units of the encoder.`
  );
}

function updateCaption({ changes }: CloseUp): string {
  if (!changes) return 'Nothing is learned now: all weights stay as they are.';
  const sum = (of: (change: Change) => number) => changes.reduce((n, change) => n + of(change), 0);
  const most = changes.reduce((a, b) => (Math.abs(b.largest) > Math.abs(a.largest) ? b : a));
  const part = most.name.split('.')[0]!;
  return (
    `${formatCount(sum(c => c.changed))} of ${formatCount(sum(c => c.count))} weights change, ` +
    `most of all one in the ${part === 'pooler' ? 'spatial pooler' : part}: by ${signed(most.largest)}.`
  );
}

const positive = (values: Float32Array): number => values.reduce((n, value) => n + (value > 0 ? 1 : 0), 0);

const largest = (values: Float32Array): number =>
  values.reduce((best, value, i) => (value > values[best]! ? i : best), 0);

/** An error, with as many digits as it takes. */
const signed = (value: number): string => `${value < 0 ? '−' : ''}${formatError(Math.abs(value))}`;

const mostListed = 10;

function listOf(numbers: readonly number[]): string {
  if (numbers.length > mostListed)
    return `${numbers.slice(0, mostListed).join(', ')} and ${numbers.length - mostListed} more`;
  return numbers.length === 1 ? `${numbers[0]}` : `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;
}
