import { entries } from './competitors.ts';
import {
  curveWindow,
  freeRunSteps,
  milestones,
  persistenceRmse,
  quoteWindow,
  type Result,
  rmse,
  studySteps,
  type Task,
} from './result.ts';
import { streams } from './streams.ts';

/** Learns for 10,000 steps; then 1,000 with still weights, 1,000 frozen, 500 on its own predictions, along one stream. */
export async function runTask(task: Task): Promise<Result> {
  const source = streams.find(s => s.name === task.stream)!.open(task.seed);
  const competitor = entries.find(e => e.name === task.predictor)!.enter(task.seed);

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

  return {
    ...task,
    rmse: errors,
    ratio: errors.map((e, i) => e / persistenceRmse(rows, milestones[i]! - quoteWindow, milestones[i]!)),
    curve: Array.from({ length: studySteps / curveWindow }, (_, i) =>
      rmse(rows, predictions, i * curveWindow, (i + 1) * curveWindow),
    ),
    weightsStillRatio: rmse(stillRows, still, 0, quoteWindow) / persistenceRmse(stillRows, 0, quoteWindow),
    frozenRatio: rmse(frozenRows, frozen, 0, quoteWindow) / persistenceRmse(frozenRows, 0, quoteWindow),
    freeRun: freeRunSteps.map(steps => rmse(freeRows, free, 0, steps)),
    columns,
  };
}
