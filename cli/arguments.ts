import { parseArgs } from 'node:util';
import type { EngineRequest } from '../engine/engine-choice.ts';
import { ConfigError } from '../engine/errors.ts';
import type { Settings } from '../engine/model/config.ts';
import { parseSettingText } from '../engine/model/parameters.ts';
import { presets } from '../engine/model/presets.ts';
import { withSetting } from '../engine/model/settings.ts';

export const trainUsage = `Trains DeepHTM without a page.

npm run train -- --out DIR [options]

  --out DIR         folder for initial.safetensors, model.safetensors, trace.csv and summary.json
  --preset NAME     ${presets.map(p => p.name).join(', ')} (default: ${presets[0]!.name})
  --steps N         steps to run (default 10000)
  --seed N          seeds weights and noise (default 1)
  --engine WHICH    auto: a real GPU if there is one; gpu; cpu (default auto)
  --set NAME=VALUE  any setting, as often as needed: learningRate=0.01, signal.period=44.4, encoder=128,128
  --resume FILE     goes on from a weights file; only live settings may be changed then
  --overwrite       replaces an earlier run in DIR

Ctrl-C saves before leaving.`;

export interface TrainArguments {
  out: string;
  steps: number;
  engine: EngineRequest;
  /** A new run's settings; null when it resumes. */
  settings: Settings | null;
  resume: string | null;
  /** Changes to a resumed run, as typed: path, then value. */
  changes: [path: string, text: string][];
  overwrite: boolean;
}

/** @throws ConfigError for anything that is not as the usage says; its path is the option. */
export function parseTrainArguments(args: readonly string[]): TrainArguments | 'help' {
  const values = readOptions(args);
  if (values.help) return 'help';
  if (values.out === undefined) throw new ConfigError('--out', 'say which folder the run goes to');
  const changes = (values.set ?? []).map(change);
  const resume = values.resume ?? null;
  if (resume !== null && (values.preset !== undefined || values.seed !== undefined))
    throw new ConfigError(
      '--resume',
      'the file brings its own preset and seed; leave --preset and --seed out',
    );
  return {
    out: values.out,
    steps: wholeNumber('--steps', values.steps ?? '10000'),
    engine: engine(values.engine ?? 'auto'),
    settings: resume === null ? newSettings(values.preset, values.seed, changes) : null,
    resume,
    changes,
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
        set: { type: 'string', multiple: true },
        resume: { type: 'string' },
        overwrite: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new ConfigError('', error instanceof Error ? error.message : String(error));
  }
}

function newSettings(
  name: string | undefined,
  seed: string | undefined,
  changes: [string, string][],
): Settings {
  const preset = name === undefined ? presets[0]! : presets.find(p => p.name === name);
  if (!preset)
    throw new ConfigError('--preset', `"${name}" is none of ${presets.map(p => p.name).join(', ')}`);
  const start =
    seed === undefined ? preset.settings : withSetting(preset.settings, 'seed', wholeNumber('--seed', seed));
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
