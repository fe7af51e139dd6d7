import cliProgress from 'cli-progress';
import { floorsOf } from '../engine/data/floors.ts';
import { DeepHtmError, DivergedError } from '../engine/errors.ts';
import { DivergenceWatch, divergenceLimit } from '../engine/measure/divergence.ts';
import { RunMeasure, type Summary } from '../engine/measure/run-measure.ts';
import { parseSettingText } from '../engine/model/parameters.ts';
import { Trainer } from '../engine/trainer.ts';
import { parseTrainArguments, type TrainArguments, trainUsage } from './arguments.ts';
import { gpuFor } from './dawn.ts';
import { readFile } from './read-file.ts';
import { RunFolder } from './run-folder.ts';
import { trainSweep } from './sweep/train-sweep.ts';

/** A crash or a lost device costs at most this much training. */
const saveMilliseconds = 60_000;

async function startTrainer(args: TrainArguments): Promise<Trainer> {
  const gpu = await gpuFor(args.engine);
  const options = { engine: args.engine, driver: args.driver, gpu };
  if (args.settings) return Trainer.create(args.settings, { ...options, data: args.data });
  const trainer = await Trainer.restore(readFile(args.resume!), options);
  for (const [path, text] of args.changes) trainer.set(path, parseSettingText(path, text));
  return trainer;
}

async function train(args: TrainArguments): Promise<void> {
  const trainer = await startTrainer(args);
  const folder = new RunFolder(args.out, args.overwrite);
  folder.write('initial.safetensors', await trainer.save());
  const { adapter, engine, driver, problem } = trainer.choice;
  console.log(
    `${engine === 'gpu' ? 'GPU' : 'CPU'} engine on ${adapter.name}${driver ? `, ${driver} driver` : ''}${problem ? ` (${problem.message})` : ''}`,
  );

  const { signal } = trainer.settings;
  const firstStep = trainer.step;
  const lastStep = firstStep + args.steps;
  const measure = new RunMeasure(trainer.settings.network, undefined, firstStep, signal.wave);
  const bar = new cliProgress.SingleBar({
    format: '{bar} {value}/{total} steps  {speed} steps/s  ratio {ratio}  {accuracy}eta {eta_formatted}',
    noTTYOutput: false,
    hideCursor: true,
  });
  const started = performance.now();
  const speed = () => Math.round((trainer.step - firstStep) / ((performance.now() - started) / 1000));
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);

  let saved = performance.now();
  let saving: Promise<void> = Promise.resolve();
  let shown = 0;
  let divergedAt: number | null = null;
  let lossThen = 0;
  const floors = floorsOf(signal, trainer.settings.network.inputs, trainer.data);
  const watch = new DivergenceWatch(divergenceLimit(signal, floors), trainer.mode);
  trainer.subscribe(records => {
    measure.add(records);
    folder.addToTrace(records);
    const diverged = divergedAt === null ? watch.add(records) : null;
    if (diverged !== null) {
      divergedAt = diverged;
      lossThen = watch.loss;
      stop.abort();
    }
    const now = performance.now();
    if (now - shown > 100) {
      shown = now;
      bar.update(records.firstStep + records.count - firstStep, {
        speed: speed(),
        ...progressOf(measure.summary()),
      });
    }
    if (divergedAt === null && now - saved > saveMilliseconds) {
      saved = now;
      saving = trainer.save().then(bytes => folder.write('model.safetensors', bytes));
      // Awaited at the end; until then a failure must not count as unhandled.
      saving.catch(() => stop.abort());
    }
  });

  bar.start(args.steps, 0, { speed: '-', ...progressOf(measure.summary()) });
  try {
    await trainer.run(args.steps, stop.signal);
    await saving;
  } finally {
    bar.update(trainer.step - firstStep, {
      speed: speed(),
      ...progressOf(measure.summary()),
    });
    bar.stop();
    await folder.close();
  }
  const stepsPerSecond = speed();
  if (divergedAt === null) folder.write('model.safetensors', await trainer.save());
  const summary = {
    settings: trainer.settings,
    ...(trainer.data && { data: { name: trainer.data.name, columns: trainer.data.columns } }),
    engine,
    adapter,
    driver,
    firstStep,
    steps: trainer.step - firstStep,
    interrupted: trainer.step < lastStep,
    divergedAt,
    stepsPerSecond,
    milestones: measure.milestones.map(m => m.summary),
    last: measure.summary(),
  };
  folder.write('summary.json', `${JSON.stringify(summary, null, 2)}\n`);
  if (divergedAt !== null)
    throw new DivergedError(
      `The training diverged at step ${divergedAt}: ${reasonOf(lossThen)}. Train again with a lower learningRate; weights saved before are in ${args.out}.`,
    );
  report([...measure.milestones.map(m => m.summary), measure.summary()]);
  console.log(
    summary.interrupted
      ? `Stopped at step ${trainer.step}, all saved. Go on with --resume ${args.out}/model.safetensors`
      : `Saved in ${args.out}`,
  );
  trainer.dispose();
}

const reasonOf = (loss: number): string =>
  Number.isFinite(loss)
    ? `the mean loss reached ${loss.toPrecision(2)}, far above that of repeating the present value`
    : 'the loss stopped being a number';

const percent = (share: number | null): string => (share === null ? '-' : `${(100 * share).toFixed(1)}%`);

function progressOf({ ratio, accuracy }: Summary): { ratio: string; accuracy: string } {
  return {
    ratio: ratio?.toFixed(3) ?? '-',
    accuracy: accuracy ? `D or Y right ${percent(accuracy.ambiguous)}  ` : '',
  };
}

function report(summaries: Summary[]): void {
  const symbols = summaries.some(s => s.accuracy);
  console.log(`     step      rmse     ratio   columns   bursts${symbols ? '   D or Y   predictable' : ''}`);
  for (const [i, s] of summaries.entries()) {
    if (i > 0 && s.step === summaries[i - 1]!.step) continue;
    const cells = [
      String(s.step).padStart(9),
      s.rmse.toFixed(5).padStart(9),
      (s.ratio?.toFixed(3) ?? '-').padStart(9),
      String(s.columnsInUse).padStart(9),
      percent(s.burstRate).padStart(8),
    ];
    if (s.accuracy)
      cells.push(percent(s.accuracy.ambiguous).padStart(8), percent(s.accuracy.predictable).padStart(13));
    console.log(cells.join(' '));
  }
}

try {
  const args = parseTrainArguments(process.argv.slice(2));
  if (args === 'help') console.log(trainUsage);
  else if (args.sweep && args.settings) await trainSweep(args, args.settings, args.sweep);
  else await train(args);
  // Dawn keeps the process alive.
  process.exit(0);
} catch (error) {
  console.error(error instanceof DeepHtmError ? `${error.name}: ${error.message}` : error);
  process.exit(1);
}
