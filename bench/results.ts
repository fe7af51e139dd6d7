import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Figure } from './figure.ts';
import type { Row } from './race.ts';

export interface Machine {
  /** The GPU, or how many cores there are without one. */
  readonly name: string;
  /** Has a real GPU. */
  readonly hardware: boolean;
}

/** What was measured on one machine, in one run or several. */
export interface Results {
  readonly machine: Machine;
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
}

const digits = 4;

/** A line for the machine, and one for each row and figure. */
export function encodeResults({ machine, rows, figures }: Results): string {
  const round = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value;
  const lines = [{ machine }, ...rows.map(row => ({ row })), ...figures.map(figure => ({ figure }))];
  return `${lines.map(line => JSON.stringify(line, round)).join('\n')}\n`;
}

export function decodeResults(text: string): Results {
  const [head, ...lines] = text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as { machine?: Machine; row?: Row; figure?: Figure });
  if (!head?.machine) throw new Error('The results do not begin with the machine that they are of.');
  return {
    machine: head.machine,
    rows: lines.flatMap(({ row }) => row ?? []),
    figures: lines.flatMap(({ figure }) => figure ?? []),
  };
}

/** `newer`, and what only `older` has, in the places of `older`. */
export function merged(older: Results, newer: Results): Results {
  const join = <T extends { id: string }>(before: readonly T[], after: readonly T[]): T[] => {
    const renewed = new Map(after.map(item => [item.id, item]));
    const kept = before.map(item => renewed.get(item.id) ?? item);
    const known = new Set(before.map(item => item.id));
    return [...kept, ...after.filter(item => !known.has(item.id))];
  };
  return {
    machine: newer.machine,
    rows: join(older.rows, newer.rows),
    figures: join(older.figures, newer.figures),
  };
}

const fileOf = (folder: string, { name, hardware }: Machine): string =>
  join(folder, `${hardware ? name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-') : 'no-gpu'}.jsonl`);

/** Adds to what was measured on the same machine before. */
export function keepResults(folder: string, results: Results): void {
  mkdirSync(folder, { recursive: true });
  const path = fileOf(folder, results.machine);
  const before = existsSync(path) ? decodeResults(readFileSync(path, 'utf8')) : null;
  writeFileSync(path, encodeResults(before ? merged(before, results) : results));
}

/** Of all machines, those without a GPU first. */
export function readResults(folder: string): Results[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter(name => name.endsWith('.jsonl'));
  return files
    .sort()
    .map(name => decodeResults(readFileSync(join(folder, name), 'utf8')))
    .sort((a, b) => Number(a.machine.hardware) - Number(b.machine.hardware));
}
