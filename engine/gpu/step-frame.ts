import type { NetworkConfig } from '../model/config.ts';
import type { LearnedSignal } from './dense.ts';
import { type Building, type Layer, unsigned } from './layer.ts';
import type { Region } from './layout.ts';
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
  const { clock, stepScale } = building.layout;
  const call = `begin_step(${[inputs, input.offset, prediction.offset].map(unsigned).join(', ')}, lane);`;
  return {
    declarations: '',
    forward: [
      { name: 'begin', call, groups: 1, reads: [clock, prediction], writes: [clock, stepScale, input] },
    ],
    backward: [],
    update: [],
    gradient: [],
    tensors: [
      unitsView('activity.input', input, inputs),
      ...(predicts === 'change' ? [unitsView('state.input', input, inputs)] : []),
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
