import * as v from 'valibot';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { activityTensors, elementCount, stateTensors } from '../../engine/model/tensors.ts';
import type { StepRecords } from '../../engine/network.ts';
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
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const floats = v.instance(Float32Array);
const indices = v.instance(Uint32Array);

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
});

/** @returns the moment, or null where it is damaged or of another network */
export function readMoment(stored: unknown, network: NetworkConfig): KeptMoment | null {
  const result = v.safeParse(MomentSchema, stored);
  if (!result.success) return null;
  const { step, tensors, steps, checkpoint } = result.output;
  const specs = [...activityTensors(network), ...stateTensors(network)];
  const whole = frameTensors(network).every(
    name => tensors.get(name)?.length === elementCount(specs.find(spec => spec.name === name)!.shape),
  );
  const inOrder = !steps || (steps.firstStep + steps.count === step && areOf(network, steps));
  return whole && inOrder
    ? { step, tensors, steps, checkpoint: checkpoint as Uint8Array<ArrayBuffer> | null }
    : null;
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
