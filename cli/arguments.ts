import { parseArgs } from 'node:util';
import { type OwnData, settingsForData } from '../engine/data/own-data.ts';
import { type DriverRequest, driverRequests, type EngineRequest } from '../engine/engine-choice.ts';
import { ConfigError } from '../engine/errors.ts';
import type { Settings } from '../engine/model/config.ts';
import { parseSettingText } from '../engine/model/parameters.ts';
import { presets } from '../engine/model/presets.ts';
import { withSetting } from '../engine/model/settings.ts';
import { mostNetworks, type Sweep } from '../engine/population/sweep.ts';
import { readOwnData } from './own-data.ts';
import { sweepFolder, sweepOf } from './sweep/arguments.ts';

export const trainUsage = `Trains DeepHTM without a page.

npm run train -- --out DIR [options]

  --out DIR         folder for initial.safetensors, model.safetensors, trace.csv and summary.json
  --preset NAME     ${presets.map(p => p.name).join(', ')} (default: ${presets[0]!.name})
  --steps N         steps to run (default 10000)
  --seed N          seeds weights and noise (default 1)
  --engine WHICH    auto: a real GPU if there is one; gpu; cpu (default auto)
  --driver WHICH    how a GPU takes the steps: auto: as is faster; stream; loop (default auto)
  --set NAME=VALUE  any setting, as often as needed: learningRate=0.01, signal.period=44.4, encoder=128,128
  --data FILE       learns numbers of your own: a CSV file with a row for each step
  --column NAME     which of its columns, several between commas (default the first with numbers)
  --resume FILE     goes on from a weights file; only live settings may be changed then
  --overwrite       replaces an earlier run in DIR

Many networks side by side, on one signal:

  --sweep RANGE     a live setting, as learningRate=0.001:0.1:log, memoryRate=1:10, errorClip=0,0.1,0.3
                    or seed; twice for a grid of two
  --networks N      how many, up to ${mostNetworks}; without --sweep they differ in their seeds
  --out DIR         folder for results.json, history.jsonl and best.safetensors (default runs/sweep-TIME)

Ctrl-C saves before leaving.`;

export interface TrainArguments {
  out: string;
  steps: number;
  engine: EngineRequest;
  driver: DriverRequest;
  /** A new run's settings; null when it resumes. */
  settings: Settings | null;
  /** What a new run learns instead of a wave. */
  data: OwnData | undefined;
  resume: string | null;
  /** Changes to a resumed run, as typed: path, then value. */
  changes: [path: string, text: string][];
  /** What many networks differ in; null for a run of one. */
  sweep: Sweep | null;
  overwrite: boolean;
}

/**
 * Reads the options, and the data that they name.
 * @throws ConfigError for anything that is not as the usage says; its path is the option. FileError for bad data
 */
export function parseTrainArguments(args: readonly string[]): TrainArguments | 'help' {
  const values = readOptions(args);
  if (values.help) return 'help';
  const changes = (values.set ?? []).map(change);
  const resume = values.resume ?? null;
  if (resume !== null && [values.preset, values.seed, values.data].some(value => value !== undefined))
    throw new ConfigError(
      '--resume',
      'the file brings its own preset, seed and data; leave --preset, --seed and --data out',
    );
  const networks = values.networks === undefined ? null : wholeNumber('--networks', values.networks);
  const data = newData(values.data, values.column ?? [], changes);
  if (data && (values.sweep || networks !== null))
    throw new ConfigError(
      '--data',
      'networks side by side learn waves, not your own data; leave --sweep and --networks out',
    );
  const settings = resume === null ? newSettings(values.preset, values.seed, data, changes) : null;
  const sweep = sweepOf(settings, values.sweep ?? [], networks);
  const out = values.out ?? (sweep ? sweepFolder(new Date()) : null);
  if (out === null) throw new ConfigError('--out', 'say which folder the run goes to');
  return {
    out,
    steps: wholeNumber('--steps', values.steps ?? '10000'),
    engine: engine(values.engine ?? 'auto'),
    driver: driver(values.driver ?? 'auto'),
    settings,
    data,
    resume,
    changes,
    sweep,
    overwrite: values.overwrite ?? false,
  };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        out: { type: 'string' },
        preset: { type: 'string' },
        steps: { type: 'string' },
        seed: { type: 'string' },
        engine: { type: 'string' },
        driver: { type: 'string' },
        set: { type: 'string', multiple: true },
        data: { type: 'string' },
        column: { type: 'string', multiple: true },
        resume: { type: 'string' },
        sweep: { type: 'string', multiple: true },
        networks: { type: 'string' },
        overwrite: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new ConfigError('', error instanceof Error ? error.message : String(error));
  }
}

function newData(
  file: string | undefined,
  columns: readonly string[],
  changes: readonly [string, string][],
): OwnData | undefined {
  if (file === undefined) {
    if (columns.length > 0) throw new ConfigError('--column', 'names columns of a file; add --data FILE');
    return undefined;
  }
  const told = changes.find(([path]) => path === 'inputs' || path === 'signal.wave');
  if (told) throw new ConfigError('--data', `says ${told[0]} by itself; leave --set ${told[0]} out`);
  return readOwnData(file, columns);
}

function newSettings(
  name: string | undefined,
  seed: string | undefined,
  data: OwnData | undefined,
  changes: [string, string][],
): Settings {
  const preset = name === undefined ? presets[0]! : presets.find(p => p.name === name);
  if (!preset)
    throw new ConfigError('--preset', `"${name}" is none of ${presets.map(p => p.name).join(', ')}`);
  const seeded =
    seed === undefined ? preset.settings : withSetting(preset.settings, 'seed', wholeNumber('--seed', seed));
  const start = data ? settingsForData(seeded, data) : seeded;
  return changes.reduce(
    (settings, [path, text]) => withSetting(settings, path, parseSettingText(path, text)),
    start,
  );
}

function change(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at < 1) throw new ConfigError('--set', `"${text}" is not of the form name=value`);
  return [text.slice(0, at), text.slice(at + 1)];
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new ConfigError(option, `"${text}" is not a whole number of at least 0`);
  return value;
}

function engine(text: string): EngineRequest {
  if (text === 'auto' || text === 'gpu' || text === 'cpu') return text;
  throw new ConfigError('--engine', `"${text}" is none of auto, gpu, cpu`);
}

function driver(text: string): DriverRequest {
  const found = driverRequests.find(name => name === text);
  if (found) return found;
  throw new ConfigError('--driver', `"${text}" is none of ${driverRequests.join(', ')}`);
}
