import type { NetworkConfig } from '../model/config.ts';
import type { Clock, LiveParameters, Mode, StepRecords } from '../network.ts';
import { clockBytes, liveBytes } from './buffers.ts';

/** `Live` of shaders/network.wgsl. Differences from 1 are made here, in float64. */
export function packLive(live: LiveParameters, mode: Mode): ArrayBuffer {
  const bytes = new ArrayBuffer(liveBytes);
  new Float32Array(bytes).set([
    live.learningRate,
    live.finalRate,
    live.decay,
    live.encoderRate,
    live.memoryRate,
    live.biasRate,
    live.warmup,
    live.errorClip,
    live.homeostasisRate,
    live.boostStrength,
    live.conscience,
    live.dutyRate,
    live.beta1,
    live.beta2,
    1 - live.beta1,
    1 - live.beta2,
    live.epsilon,
  ]);
  new Uint32Array(bytes, 68).set([Number(mode.learning), Number(mode.freeRun)]);
  return bytes;
}

/** `Clock` of shaders/network.wgsl, between two steps. */
export function packClock(clock: Clock): ArrayBuffer {
  const bytes = new ArrayBuffer(clockBytes);
  new Uint32Array(bytes).set([clock.step, clock.updates]);
  new Float32Array(bytes, 8).set([clock.correction1, clock.correction2]);
  return bytes;
}

export function unpackClock(stored: Float32Array): Clock {
  const [step = 0, updates = 0] = new Uint32Array(stored.buffer, stored.byteOffset, 2);
  const [, , correction1 = 0, correction2 = 0] = stored;
  return { step, updates, correction1, correction2 };
}

/** Floats in the record of one step: input, target, prediction, loss, bursting, winners; see shaders/loss.wgsl. */
export const recordLength = (config: NetworkConfig): number => 3 * config.inputs + 2 + config.winners;

/** Takes the records of consecutive batches apart. */
export function unpackRecords(
  config: NetworkConfig,
  firstStep: number,
  batches: readonly Float32Array[],
): StepRecords {
  const { inputs, winners } = config;
  const length = recordLength(config);
  const count = batches.reduce((sum, batch) => sum + batch.length, 0) / length;
  const records: StepRecords = {
    firstStep,
    count,
    input: new Float32Array(count * inputs),
    target: new Float32Array(count * inputs),
    prediction: new Float32Array(count * inputs),
    loss: new Float32Array(count),
    bursting: new Uint32Array(count),
    winners: new Uint32Array(count * winners),
  };
  let step = 0;
  for (const batch of batches)
    for (let at = 0; at < batch.length; at += length, step++) {
      const record = batch.subarray(at, at + length);
      records.input.set(record.subarray(0, inputs), step * inputs);
      records.target.set(record.subarray(inputs, 2 * inputs), step * inputs);
      records.prediction.set(record.subarray(2 * inputs, 3 * inputs), step * inputs);
      records.loss[step] = record[3 * inputs]!;
      records.bursting[step] = record[3 * inputs + 1]!;
      records.winners.set(record.subarray(3 * inputs + 2), step * winners);
    }
  return records;
}
