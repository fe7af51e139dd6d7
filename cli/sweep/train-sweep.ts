import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import cliProgress from 'cli-progress';
import { DivergedError } from '../../engine/errors.ts';
import { encodeCheckpoint } from '../../engine/file/checkpoint.ts';
import type { Settings } from '../../engine/model/config.ts';
import { PopulationTrainer } from '../../engine/population/population-trainer.ts';
import { membersOf, type Sweep } from '../../engine/population/sweep.ts';
import type { TrainArguments } from '../arguments.ts';
import { gpuFor } from '../dawn.ts';
import { claimFolder, writeWhole } from '../run-folder.ts';
import { rankingTable, resultsOf } from './results.ts';

const fileNames = ['results.json', 'history.jsonl', 'best.safetensors'] as const;
/** Lines of history.jsonl that a whole sweep leaves, about. */
const historyLines = 200;

/**
 * Trains the networks of a sweep, ranks them and keeps the best one's weights.
 * @throws DivergedError when all of them diverged; else as `PopulationTrainer` and `claimFolder`
 */
export async function trainSweep(args: TrainArguments, settings: Settings, sweep: Sweep): Promise<void> {
  claimFolder(args.out, fileNames, args.overwrite);
  const [resultsFile, historyFile, bestFile] = fileNames.map(name => join(args.out, name)) as [
    string,
    string,
    string,
  ];
  writeWhole(historyFile, '');
  const members = membersOf(settings, sweep);
  const gpu = await gpuFor(args.engine);
  const options = { engine: args.engine, driver: args.driver, gpu };
  const trainer = await PopulationTrainer.create(settings, members, options);
  const { adapter, engine, driver, problem } = trainer.choice;
  console.log(
    `${members.length} networks on the ${engine === 'gpu' ? 'GPU' : 'CPU'} engine, ${adapter.name}${driver ? `, ${driver} driver` : ''}${problem ? ` (${problem.message})` : ''}`,
  );

  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value}/{total} steps  {speed} network-steps/s  best {best}  eta {eta_formatted}',
    noTTYOutput: false,
    hideCursor: true,
  });
  const started = performance.now();
  const speed = () => Math.round((1000 * trainer.step * members.length) / (performance.now() - started));
  const best = () => trainer.summaries[trainer.ranking[0]!]!.rmse.toFixed(5);
  const interval = Math.max(1, Math.round(args.steps / historyLines));
  let recorded = 0;
  let shown = performance.now();
  trainer.subscribe(({ firstStep, count }) => {
    const step = firstStep + count;
    if (step - recorded >= interval || step === args.steps) {
      recorded = step;
      const rmse = trainer.summaries.map(s => (s.divergedAt === null ? s.rmse : null));
      appendFileSync(historyFile, `${JSON.stringify({ step, rmse })}\n`);
    }
    if (performance.now() - shown < 200) return;
    shown = performance.now();
    bar.update(step, { speed: speed(), best: best() });
  });
  bar.start(args.steps, 0, { speed: '-', best: '-' });
  try {
    await trainer.run(args.steps, stop.signal);
  } finally {
    bar.update(trainer.step, { speed: speed(), best: best() });
    bar.stop();
  }

  const results = resultsOf(trainer, sweep);
  const { step } = trainer;
  const summary = {
    settings,
    sweep,
    engine,
    adapter,
    driver,
    steps: step,
    interrupted: step < args.steps,
    networkStepsPerSecond: speed(),
    results,
  };
  writeWhole(resultsFile, `${JSON.stringify(summary, null, 2)}\n`);
  console.log(rankingTable(results));
  if (results[0]!.divergedAt !== null)
    throw new DivergedError(
      `All networks diverged. Sweep lower learning rates; the results are in ${args.out}.`,
    );
  writeWhole(bestFile, encodeCheckpoint(await trainer.checkpoint(trainer.ranking[0]!)));
  console.log(
    `${step < args.steps ? `Stopped at step ${step}, all saved` : 'Saved'} in ${args.out}. Go on with the best: --resume ${bestFile}`,
  );
  trainer.dispose();
}
