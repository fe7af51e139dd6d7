import * as v from 'valibot';
import { histogramBins } from '../../engine/measure/histogram.ts';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { activityTensors, elementCount, learnedTensors, stateTensors } from '../../engine/model/tensors.ts';
import type { StepRecords } from '../../engine/network.ts';
import type { Gradients } from './milestone-gradients.ts';
import { frameTensors } from './observation.ts';

/** What the network was like at a milestone, and the steps that led to it, as they are kept in the browser. */
export interface KeptMoment {
  step: number;
  /** The tensors of a frame. */
  tensors: Map<string, Float32Array>;
  /** The last of them ends at the milestone. */
  steps: StepRecords | null;
  /** All there is to the run then, as a weights file; null where there was no room for it. */
  checkpoint: Uint8Array<ArrayBuffer> | null;
  /** How the gradients of the last step are spread; null where that was not taken. */
  gradients: Gradients | null;
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const floats = v.instance(Float32Array);
const indices = v.instance(Uint32Array);
const real = v.pipe(v.number(), v.finite());
const HistogramSchema = v.object({
  counts: v.pipe(indices, v.length(histogramBins)),
  reach: v.pipe(real, v.minValue(0)),
  size: count,
  mean: real,
  deviation: v.pipe(real, v.minValue(0)),
  zeros: count,
  unreal: count,
});

const MomentSchema = v.object({
  step: count,
  tensors: v.map(v.string(), floats),
  steps: v.nullable(
    v.object({
      firstStep: count,
      count: v.pipe(count, v.minValue(1)),
      input: floats,
      target: floats,
      prediction: floats,
      loss: floats,
      bursting: indices,
      winners: indices,
    }),
  ),
  checkpoint: v.nullable(v.instance(Uint8Array)),
  // Earlier versions did not take them.
  gradients: v.optional(v.nullable(v.map(v.string(), HistogramSchema)), null),
});

/** @returns the moment, or null where it is damaged or of another network */
export function readMoment(stored: unknown, network: NetworkConfig): KeptMoment | null {
  const result = v.safeParse(MomentSchema, stored);
  if (!result.success) return null;
  const { step, tensors, steps, checkpoint, gradients } = result.output;
  const specs = [...activityTensors(network), ...stateTensors(network)];
  const whole = frameTensors(network).every(
    name => tensors.get(name)?.length === elementCount(specs.find(spec => spec.name === name)!.shape),
  );
  const inOrder = !steps || (steps.firstStep + steps.count === step && areOf(network, steps));
  const ofTheSame = !gradients || areGradientsOf(network, gradients);
  return whole && inOrder && ofTheSame
    ? { step, tensors, steps, checkpoint: checkpoint as Uint8Array<ArrayBuffer> | null, gradients }
    : null;
}

function areGradientsOf(network: NetworkConfig, gradients: Gradients): boolean {
  const learned = learnedTensors(network);
  return (
    gradients.size === learned.length &&
    learned.every(({ name, shape }) => {
      const spread = gradients.get(name);
      if (!spread || spread.size !== elementCount(shape)) return false;
      const inBins = spread.counts.reduce((sum, values) => sum + values, 0);
      return inBins + spread.unreal === spread.size && spread.zeros <= inBins;
    })
  );
}

function areOf({ inputs, winners, columns }: NetworkConfig, steps: StepRecords): boolean {
  const { input, target, prediction, loss, bursting } = steps;
  return (
    [input, target, prediction].every(rows => rows.length === steps.count * inputs) &&
    [loss, bursting].every(values => values.length === steps.count) &&
    steps.winners.length === steps.count * winners &&
    steps.winners.every(column => column < columns)
  );
}
