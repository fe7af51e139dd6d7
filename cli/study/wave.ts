import { meanPeriod, swing } from '../../engine/measure/wave-shape.ts';
import type { Competitor } from './competitors.ts';
import {
  curveOf,
  freeRunSteps,
  milestones,
  persistenceRmse,
  quoteWindow,
  rmse,
  studySteps,
  type Task,
  type WaveResult,
} from './result.ts';
import { streams } from './streams.ts';

/** Amplitude is measured once free run has had this long to settle or to die. */
const amplitudeFrom = freeRunSteps[0];

/** Learns for 10,000 steps; then 1,000 with still weights, 1,000 frozen, 500 on its own predictions, along one stream. */
export async function runWave(task: Task, competitor: Competitor): Promise<WaveResult> {
  const { open, period } = streams.find(s => s.name === task.stream)!;
  const source = open(task.seed);

  const rows = source.rows(studySteps);
  const predictions = await competitor.run(rows, 'learning');
  const errors = milestones.map(step => rmse(rows, predictions, step - quoteWindow, step));
  const columns = competitor.columnUse();

  const stillRows = source.rows(quoteWindow);
  const still = await competitor.run(stillRows, 'weightsStill');
  const frozenRows = source.rows(quoteWindow);
  const frozen = await competitor.run(frozenRows, 'frozen');
  const freeRows = source.rows(freeRunSteps.at(-1)!);
  const free = await competitor.run(freeRows, 'freeRun');
  const truth = freeRows.filter((_, i) => i % 2 === 1);

  return {
    ...task,
    trial: 'wave',
    rmse: errors,
    ratio: errors.map((e, i) => e / persistenceRmse(rows, milestones[i]! - quoteWindow, milestones[i]!)),
    curve: curveOf(rows, predictions),
    weightsStillRatio: rmse(stillRows, still, 0, quoteWindow) / persistenceRmse(stillRows, 0, quoteWindow),
    frozenRatio: rmse(frozenRows, frozen, 0, quoteWindow) / persistenceRmse(frozenRows, 0, quoteWindow),
    freeRun: freeRunSteps.map(steps => rmse(freeRows, free, 0, steps)),
    amplitudeError: Math.abs(swing(free, amplitudeFrom) / swing(truth, amplitudeFrom) - 1),
    periodError: period === null ? null : Math.abs(meanPeriod(free) / period - 1),
    columns,
  };
}
