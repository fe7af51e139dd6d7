import { strongestDistalWeights } from '../../engine/measure/distal.ts';
import { tuningCurve } from '../../engine/measure/tuning.ts';
import type { Settings } from '../../engine/model/config.ts';
import { learnedTensors } from '../../engine/model/tensors.ts';
import type { Trainer } from '../../engine/trainer.ts';
import type { ColumnDetail } from './protocol.ts';

/** Inputs of a tuning curve, and how far beyond the signal's peak they reach. */
const tuningPoints = 97;
const tuningReach = 1.25;
const strongestShown = 8;

type Tensors = ReadonlyMap<string, Float32Array>;
/** What of a column takes its weights to know. */
export type WeightDetail = Pick<ColumnDetail, 'column' | 'tuning' | 'distal'>;

/** Looks at a column closely, at the step that is named with it. @throws what `Trainer.read` throws */
export async function weightDetail(
  trainer: Trainer,
  column: number,
): Promise<WeightDetail & { step: number }> {
  const { settings } = trainer;
  const { network } = settings;
  const learned = learnedTensors(network).filter(t => t.part === 'encoder' || t.part === 'pooler');
  const statistics = ['pooler.mean', 'pooler.variance', 'pooler.duty'];
  const names = ['memory.weight', ...learned.map(t => t.name), ...statistics];
  const { step, tensors } = await trainer.read(names);
  return {
    column,
    step,
    tuning: network.inputs === 1 ? tuningOf(tensors, settings, column) : null,
    distal: strongestDistalWeights(tensors.get('memory.weight')!, network, column, strongestShown),
  };
}

function tuningOf(tensors: Tensors, { network, signal }: Settings, column: number): ColumnDetail['tuning'] {
  const reach = tuningReach * (signal.amplitude || 1);
  const input = Float32Array.from(
    { length: tuningPoints },
    (_, i) => reach * ((2 * i) / (tuningPoints - 1) - 1),
  );
  return { input, ...tuningCurve(tensors, network, column, input) };
}
