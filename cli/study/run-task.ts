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

/** Learns for 10,000 steps, then 1,000 frozen, then 500 on its own predictions; the stream goes on throughout. */
export async function runTask(task: Task): Promise<Result> {
  const source = streams.find(s => s.name === task.stream)!.open(task.seed);
  const competitor = entries.find(e => e.name === task.predictor)!.enter(task.seed);

  const rows = source.rows(studySteps);
  const predictions = await competitor.run(rows, 'learning');
  const errors = milestones.map(step => rmse(rows, predictions, step - quoteWindow, step));
  const columns = competitor.columnUse();

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
    frozenRatio: rmse(frozenRows, frozen, 0, quoteWindow) / persistenceRmse(frozenRows, 0, quoteWindow),
    freeRun: freeRunSteps.map(steps => rmse(freeRows, free, 0, steps)),
    columns,
  };
}
