import type { NetworkConfig } from '../engine/model/config.ts';
import { cellCount, elementCount, learnedTensors } from '../engine/model/tensors.ts';
import type { Trainer } from '../engine/trainer.ts';

/** How many units of each kind are not zero. */
export interface Activity {
  /** Of each layer of the encoder. */
  readonly encoder: readonly number[];
  readonly predictive: number;
  /** Of each layer of the decoder but the last. */
  readonly decoder: readonly number[];
}

export const weightBytes = (config: NetworkConfig): number =>
  4 * learnedTensors(config).reduce((sum, { shape }) => sum + elementCount(shape), 0);

/**
 * Weights that a step of plain descent cannot but move, in bytes: the forward pass reads the rows of units that are not
 * zero, the backward pass reads and writes those of them that lead to units with a gradient. Rules with slots move all of
 * the memory's weights and slots, so nothing is said of them (null).
 */
export function bytesPerStep(config: NetworkConfig, activity: Activity): number | null {
  if (config.optimizer !== 'sgd') return null;
  const cells = cellCount(config);
  const active = config.winners * config.cellsPerColumn;
  const predictive = config.readout === 'predictive';
  let weights = 0;
  /** A layer of `inputs` units that are not zero to `outputs`, of which `changed` have a gradient. */
  const layer = (inputs: number, outputs: number, changed: number) => {
    weights += inputs * outputs + 2 * inputs * changed;
  };
  let from = config.inputs;
  config.encoder.forEach((units, i) => {
    layer(from, units, activity.encoder[i]!);
    from = activity.encoder[i]!;
  });
  layer(from, config.columns, config.winners);
  layer(active, cells, predictive ? activity.predictive : 0);
  // What the gate sends one step back.
  if (config.unroll > 0) weights += 2 * active * active;
  from = predictive ? activity.predictive : active;
  config.decoder.forEach((units, i) => {
    layer(from, units, activity.decoder[i]!);
    from = activity.decoder[i]!;
  });
  layer(from, config.inputs, config.inputs);
  return 4 * weights;
}

/** What is active now. */
export async function activityOf(trainer: Trainer): Promise<Activity> {
  const { encoder, decoder } = trainer.settings.network;
  const layers = (kind: string, count: number) =>
    Array.from({ length: count }, (_, i) => `activity.${kind}.${i}`);
  const names = [...layers('encoder', encoder.length), ...layers('decoder', decoder.length)];
  const { tensors } = await trainer.read([...names, 'state.predictive']);
  const nonzero = (name: string) =>
    tensors.get(name)!.reduce((count, value) => count + Number(value !== 0), 0);
  return {
    encoder: layers('encoder', encoder.length).map(nonzero),
    predictive: nonzero('state.predictive'),
    decoder: layers('decoder', decoder.length).map(nonzero),
  };
}
