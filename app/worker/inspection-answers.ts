import { distalMap } from '../../engine/measure/distal-map.ts';
import { histogramOf, initialCounts } from '../../engine/measure/histogram.ts';
import { tuningMap } from '../../engine/measure/tuning.ts';
import type { NetworkConfig, Settings } from '../../engine/model/config.ts';
import { elementCount, learnedTensors } from '../../engine/model/tensors.ts';
import { type InspectionAnswer, type InspectionView, mostCells } from './inspection-views.ts';
import { tuningInputs } from './tuning-inputs.ts';

/** Values that the tuning map of one channel goes through, and how far beyond the signal's peak they reach. */
const tuningValues = 121;
const tuningReach = 1.1;

export type Tensors = ReadonlyMap<string, Float32Array>;
/** Views of a network's weights at one step. */
export type WeightView = Extract<InspectionView, { kind: 'tuning' | 'distal' | 'histograms' }>;

export const isOfWeights = (view: InspectionView): view is WeightView =>
  view.kind === 'tuning' || view.kind === 'distal' || view.kind === 'histograms';

/** Learned tensors that are small enough to be read: up to 64 MiB while it trains, 256 MiB while it rests. */
const readable = (network: NetworkConfig, view: WeightView) => {
  const resting = 'resting' in view && view.resting;
  const most = (resting ? mostCells.resting : mostCells.training) ** 2;
  return learnedTensors(network).filter(t => elementCount(t.shape) <= most);
};

/** Names of the tensors that a view is answered from. */
export function tensorsFor(view: WeightView, settings: Settings): string[] {
  const { network } = settings;
  const tensors = readable(network, view);
  switch (view.kind) {
    case 'tuning':
      if (!tuningInputs(settings, tuningValues, tuningReach)) return [];
      return [
        ...tensors.filter(t => t.part === 'encoder' || t.part === 'pooler').map(t => t.name),
        ...['pooler.mean', 'pooler.variance', 'pooler.duty'],
      ];
    case 'distal':
      return tensors.filter(t => t.name === 'memory.weight').map(t => t.name);
    case 'histograms':
      return tensors.map(t => (view.of === 'weights' ? t.name : `gradient.${t.name}`));
  }
}

/** @returns null where there is nothing to show: of several inputs, or of too large a memory */
export function answerFrom(view: WeightView, tensors: Tensors, settings: Settings): InspectionAnswer | null {
  const { network } = settings;
  switch (view.kind) {
    case 'tuning': {
      const inputs = tuningInputs(settings, tuningValues, tuningReach);
      return inputs && { kind: 'tuning', input: inputs.input, ...tuningMap(tensors, network, inputs.rows) };
    }
    case 'distal': {
      const weight = tensors.get('memory.weight');
      if (!weight || view.cell >= Math.sqrt(weight.length)) return null;
      return { ...view, weights: distalMap(weight, network, view.cell, view.direction) };
    }
    case 'histograms':
      return histograms(view, tensors, network);
  }
}

function histograms(
  view: Extract<WeightView, { kind: 'histograms' }>,
  tensors: Tensors,
  network: NetworkConfig,
): InspectionAnswer {
  const { of } = view;
  const read = readable(network, view);
  const spreads = read.map(spec => {
    const histogram = histogramOf(tensors.get(of === 'weights' ? spec.name : `gradient.${spec.name}`)!);
    const initial = of === 'weights' ? initialCounts(spec, histogram.size, histogram.reach) : null;
    return { name: spec.name, histogram, initial };
  });
  const leftOut = learnedTensors(network)
    .map(t => t.name)
    .filter(name => read.every(t => t.name !== name));
  return { kind: 'histograms', of, tensors: spreads, leftOut };
}
