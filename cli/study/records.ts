import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { NetworkConfig } from '../../engine/model/config.ts';

/** What one kind of run measured, and the settings of DeepHTM that it measured. */
export interface Measured<T> {
  network: NetworkConfig;
  /** What the runs were made on, where that is not the same everywhere. */
  adapter?: string;
  results: T[];
}

/** `results`: the study on the CPU; `fresh`: DeepHTM with other seeds; `gpu`: the sines on the GPU engine; `drift`: the long runs. */
export type RecordKind = 'results' | 'fresh' | 'gpu' | 'drift';

const digits = 5;

/** As many digits as a table could ever show; NaN and infinity, which JSON lacks, as words. */
const write = (_: string, value: unknown) => {
  if (typeof value !== 'number') return value;
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) ? value : Number(value.toPrecision(digits));
};
const read = (_: string, value: unknown) =>
  value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;

const pathOf = (folder: string, kind: RecordKind) => join(folder, `${kind}.jsonl`);

/** A line for what was measured and one for each result. */
export function writeMeasured<T>(folder: string, kind: RecordKind, { results, ...head }: Measured<T>): void {
  const lines = [JSON.stringify(head), ...results.map(r => JSON.stringify(r, write))];
  writeFileSync(pathOf(folder, kind), `${lines.join('\n')}\n`);
}

/** What `writeMeasured` wrote, to five digits; null where it never did. */
export function readMeasured<T>(folder: string, kind: RecordKind): Measured<T> | null {
  const path = pathOf(folder, kind);
  if (!existsSync(path)) return null;
  const [head, ...results] = readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line, read));
  return { ...head, results };
}
