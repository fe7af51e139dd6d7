import type { NetworkConfig } from '../model/config.ts';
import type { LearnedSignal } from './dense.ts';
import { type Building, type Layer, unsigned } from './layer.ts';
import { type Region, vec4s } from './layout.ts';
import type { MemorySignals } from './memory.ts';
import type { Winners } from './pooler.ts';
import { unitsView } from './tensor-views.ts';

/** How a step begins: the clock goes on, and the input comes in. */
export function beginLayer(
  building: Building,
  { inputs, prediction: predicts }: NetworkConfig,
  input: Region,
  prediction: Region,
): Layer {
  const { clock, stepScale, units } = building.layout;
  const reach = predicts === 'change' ? units.allocate(vec4s(inputs)) : undefined;
  const offsets = [inputs, input.offset, prediction.offset].map(unsigned);
  const call = `begin_step(${[...offsets, reach ? unsigned(reach.offset) : 'BOUNDLESS'].join(', ')}, lane);`;
  const reads = [clock, prediction];
  const writes = [clock, stepScale, input, ...(reach ? [reach] : [])];
  return {
    declarations: '',
    forward: [{ name: 'begin', call, groups: 1, reads, writes }],
    backward: [],
    update: [],
    gradient: [],
    tensors: [
      unitsView('activity.input', input, inputs),
      ...(reach ? [unitsView('state.input', input, inputs), unitsView('state.reach', reach, inputs)] : []),
    ],
  };
}

/** How the forward half ends: the loss, its gradient, and the record. */
export function lossLayer(
  building: Building,
  { inputs }: NetworkConfig,
  input: Region,
  prediction: LearnedSignal,
  winners: Winners,
  memory: MemorySignals,
): Layer {
  const { clock } = building.layout;
  const offsets = [input, prediction.value, prediction.delta].map(region => unsigned(region.offset));
  return {
    declarations: '',
    forward: [
      {
        name: 'loss',
        call: `loss(${[unsigned(inputs), winners.id, memory.id, ...offsets].join(', ')}, lane);`,
        groups: 1,
        reads: [clock, input, prediction.value, winners.ranked, memory.predicted],
        writes: [clock, prediction.delta],
      },
    ],
    backward: [],
    update: [],
    gradient: [],
    tensors: [],
  };
}
