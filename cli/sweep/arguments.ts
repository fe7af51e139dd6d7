import { join } from 'node:path';
import { ConfigError } from '../../engine/errors.ts';
import type { Settings } from '../../engine/model/config.ts';
import { parseSweepRange, planSweep, type Sweep } from '../../engine/population/sweep.ts';

/**
 * What `--sweep` and `--networks` ask for; null when neither is given.
 * @param settings null for a run that is resumed
 * @throws ConfigError
 */
export function sweepOf(
  settings: Settings | null,
  texts: readonly string[],
  networks: number | null,
): Sweep | null {
  if (texts.length === 0 && networks === null) return null;
  if (settings === null)
    throw new ConfigError(
      '--resume',
      'many networks start from step 0; leave it out, or --sweep and --networks',
    );
  const ranges = (texts.length === 0 ? ['seed'] : texts).map(parseSweepRange);
  return planSweep(settings, ranges, networks ?? undefined);
}

/** A folder's name that no earlier sweep has, as `runs/sweep-20190704-161500`. */
export function sweepFolder(now: Date): string {
  const digits = now.toISOString().replace(/\D/g, '');
  return join('runs', `sweep-${digits.slice(0, 8)}-${digits.slice(8, 14)}`);
}
