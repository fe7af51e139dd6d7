import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { ConfigError } from '../../engine/errors.ts';

export const studyUsage = `Measures DeepHTM and its baselines, and writes learning.md with tables and pictures.

npm run study -- [options]

  --quick     seeds 1 and 2 only
  --out DIR   folder for learning.md and learning/*.svg (default docs)
  --jobs N    processes to use (default: one for each core)`;

export interface StudyArguments {
  quick: boolean;
  out: string;
  jobs: number;
}

/** @throws ConfigError for anything that is not as the usage says; its path is the option. */
export function parseStudyArguments(args: readonly string[]): StudyArguments | 'help' {
  const values = readOptions(args);
  if (values.help) return 'help';
  const jobs = values.jobs ?? String(availableParallelism());
  if (!/^[1-9]\d?$/.test(jobs)) throw new ConfigError('--jobs', `"${jobs}" is not a number from 1 to 99`);
  return { quick: values.quick ?? false, out: values.out ?? 'docs', jobs: Number(jobs) };
}

function readOptions(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean' },
        out: { type: 'string' },
        jobs: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new ConfigError('', error instanceof Error ? error.message : String(error));
  }
}
