import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ConfigError } from '../../engine/errors.ts';
import { driftRuns } from './drift-run.ts';

export const studyUsage = `Measures DeepHTM and its baselines, and writes learning.md with tables and pictures.

npm run study -- [options]

  --quick        seeds 1 and 2 only; on the GPU seed 1
  --fresh        DeepHTM alone with seeds 31 to 35, which its settings were not chosen by, where it has goals
  --engine gpu   DeepHTM on the GPU engine alone, on the sines, seeds 1 and 2 (default: cpu, everything)
  --drift        DeepHTM alone for 1,000,000 steps and more; stops and goes on: run it again to go on
  --only NAMES   of the long runs these, with commas between: ${driftRuns.map(r => r.name).join(', ')}
  --document     measure nothing; write learning.md again from what was measured
  --out DIR      folder for learning.md and learning/* (default docs)
  --jobs N       processes to use (default: one for each core)

Each kind of run writes what it measured into learning/*.jsonl, and learning.md from all of them.`;

export interface StudyArguments {
  what: 'cpu' | 'fresh' | 'gpu' | 'drift' | 'document';
  quick: boolean;
  /** Names of long runs. */
  only: readonly string[];
  out: string;
  jobs: number;
}

/** @throws ConfigError for anything that is not as the usage says; its path is the option. */
export function parseStudyArguments(args: readonly string[]): StudyArguments | 'help' {
  const values = readOptions(args);
  if (values.help) return 'help';
  const jobs = values.jobs ?? String(availableParallelism());
  if (!/^[1-9]\d?$/.test(jobs)) throw new ConfigError('--jobs', `"${jobs}" is not a number from 1 to 99`);
  const engine = values.engine ?? 'cpu';
  if (engine !== 'cpu' && engine !== 'gpu') throw new ConfigError('--engine', 'must be cpu or gpu');
  const kinds = [engine === 'gpu', values.fresh, values.drift, values.document].filter(Boolean);
  if (kinds.length > 1)
    throw new ConfigError(
      '',
      'Choose one of --engine gpu, --fresh, --drift and --document; run them one by one.',
    );
  const names = driftRuns.map(r => r.name);
  const only = values.only?.split(',') ?? names;
  const unknown = only.find(name => !names.includes(name));
  if (unknown !== undefined)
    throw new ConfigError('--only', `there is no long run "${unknown}"; choose of ${names.join(', ')}`);
  return {
    what: values.fresh ? 'fresh' : values.drift ? 'drift' : values.document ? 'document' : engine,
    quick: values.quick ?? false,
    only,
    out: values.out ?? 'docs',
    jobs: Number(jobs),
  };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        engine: { type: 'string' },
        fresh: { type: 'boolean' },
        drift: { type: 'boolean' },
        only: { type: 'string' },
        document: { type: 'boolean' },
        out: { type: 'string' },
        jobs: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new ConfigError('', error instanceof Error ? error.message : String(error));
  }
}
