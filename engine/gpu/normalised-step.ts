import type { GradientTerm, LearnedSignal } from './dense.ts';
import { type Building, type Layer, unsigned } from './layer.ts';
import type { Region } from './layout.ts';

/**
 * How far memory and decoder go, once all deltas are known. Last among the layers, because updates run in reverse: it
 * comes before all of them. See shaders/normalised-step.wgsl.
 */
export function normalisedStepLayer(
  building: Building,
  inputs: number,
  prediction: LearnedSignal,
  terms: readonly GradientTerm[],
  gateGradient: Region,
): Layer {
  const { clock, stepScale } = building.layout;
  const gradient = terms.map(term => term.call).join(' + ');
  const call = `set_step_scale(${unsigned(inputs)}, ${unsigned(prediction.delta.offset)}, ${gradient}, lane);`;
  // It needs nothing of the gate's way back, but were it done before, the updates would part phases that share a dispatch.
  const reads = [gateGradient, clock, prediction.delta, ...terms.flatMap(term => term.reads)];
  return {
    declarations: '',
    forward: [],
    backward: [],
    update: [{ name: 'step_scale', call, groups: 1, reads, writes: [stepScale] }],
    gradient: [],
    tensors: [],
  };
}
