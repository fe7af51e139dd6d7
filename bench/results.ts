import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Figure } from './figure.ts';
import type { Row } from './race.ts';

/** What was measured on one machine, in one run or several. */
export interface Results {
  readonly rows: readonly Row[];
  readonly figures: readonly Figure[];
}

const digits = 4;

/** A line for each row and figure. */
export function encodeResults({ rows, figures }: Results): string {
  const round = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(digits)) : value;
  const lines = [...rows.map(row => ({ row })), ...figures.map(figure => ({ figure }))];
  return `${lines.map(line => JSON.stringify(line, round)).join('\n')}\n`;
}

export function decodeResults(text: string): Results {
  const lines = text
    .split('\n')
    .filter(Boolean)
    .map(line => JSON.parse(line) as { row?: Row; figure?: Figure });
  return {
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
  return { rows: join(older.rows, newer.rows), figures: join(older.figures, newer.figures) };
}

export const readResults = (path: string): Results =>
  existsSync(path) ? decodeResults(readFileSync(path, 'utf8')) : { rows: [], figures: [] };

export function writeResults(path: string, results: Results): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, encodeResults(results));
}
