import { parseArgs } from 'node:util';
import { ConfigError } from '../engine/errors.ts';

export const sections = ['engines', 'networks', 'sizes', 'peers', 'pytorch', 'page'] as const;
export type Section = (typeof sections)[number];

export const benchUsage = `Measures how fast the network trains, beside native C and other libraries.

npm run bench [-- options]

  --only NAME    one part, as often as needed: ${sections.join(', ')}
  --quick        short measurements, and small networks only; the table is printed, the documents stay as they are
  --render       measures nothing; writes the document anew from what was measured before

Native C needs gcc; the peers are installed into bench/node_modules when they are first needed. Nothing else should run
meanwhile. Results go to bench/results and docs/performance.md; parts that were not measured stay as they were.`;

export interface BenchArguments {
  readonly only: readonly Section[];
  readonly quick: boolean;
  readonly render: boolean;
}

/** @throws ConfigError for anything that is not as the usage says; its path is the option. */
export function parseBenchArguments(args: readonly string[]): BenchArguments | 'help' {
  const values = read(args);
  if (values.help) return 'help';
  const only = values.only ?? [...sections];
  for (const name of only)
    if (!sections.includes(name as Section))
      throw new ConfigError('--only', `there is no part "${name}"; there are ${sections.join(', ')}`);
  return { only: only as Section[], quick: values.quick ?? false, render: values.render ?? false };
}

function read(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string', multiple: true },
        quick: { type: 'boolean' },
        render: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new ConfigError('arguments', `${(error as Error).message}. --help lists what there is`);
  }
}
