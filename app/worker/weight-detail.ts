import { strongestDistalWeights } from '../../engine/measure/distal.ts';
import { tuningCurve } from '../../engine/measure/tuning.ts';
import { learnedTensors } from '../../engine/model/tensors.ts';
import type { Trainer } from '../../engine/trainer.ts';
import type { ColumnDetail } from './protocol.ts';
import { tuningInputs } from './tuning-inputs.ts';

/** Inputs of a tuning curve, and how far beyond the signal's peak they reach. */
const tuningPoints = 97;
const tuningReach = 1.25;
const strongestShown = 8;

/** What of a column takes its weights to know. */
export type WeightDetail = Pick<ColumnDetail, 'column' | 'tuning' | 'distal'>;

/** Looks at a column closely, at the step that is named with it. @throws what `Trainer.read` throws */
export async function weightDetail(
  trainer: Trainer,
  column: number,
): Promise<WeightDetail & { step: number }> {
  const { settings } = trainer;
  const { network } = settings;
  const inputs = tuningInputs(settings, tuningPoints, tuningReach);
  const learned = learnedTensors(network).filter(t => t.part === 'encoder' || t.part === 'pooler');
  const statistics = ['pooler.mean', 'pooler.variance', 'pooler.duty'];
  const names = ['memory.weight', ...learned.map(t => t.name), ...statistics];
  const { step, tensors } = await trainer.read(names);
  return {
    column,
    step,
    tuning: inputs && { input: inputs.input, ...tuningCurve(tensors, network, column, inputs.rows) },
    distal: strongestDistalWeights(tensors.get('memory.weight')!, network, column, strongestShown),
  };
}
