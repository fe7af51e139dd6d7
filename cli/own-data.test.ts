import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, test } from 'vitest';
import { ConfigError, FileError } from '../engine/errors.ts';
import { parseTrainArguments } from './arguments.ts';
import { readOwnData } from './own-data.ts';

const folder = mkdtempSync(join(tmpdir(), 'deephtm-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const table = file('weather.csv', 'day,"rain, mm",wind,gusts\nMon,0,3,5\nTue,4,1,\nWed,2,2,9\n');
const learned = (...columns: string[]) => readOwnData(table, columns).columns.map(({ name }) => name);

describe('own data on the command line', () => {
  it('are the first column that can be learned, or those named, in that order', () => {
    expect(learned()).toEqual(['rain, mm']);
    expect(learned('wind')).toEqual(['wind']);
    expect(learned('wind', 'rain, mm')).toEqual(['wind', 'rain, mm']);
    const two = file('two.csv', 'a,b\n1,20\n2,30\n');
    expect(readOwnData(two, ['b, a'])).toMatchObject({
      name: 'two.csv',
      columns: [
        { name: 'b', mean: 25, reach: 5 },
        { name: 'a', mean: 1.5, reach: 0.5 },
      ],
      values: Float32Array.of(-1, -1, 1, 1),
    });
  });

  it('say what the new run takes in; other settings may still be changed', () => {
    const line = ['--out', 'run', '--data', table, '--column', 'wind', '--set', 'signal.amplitude=0.5'];
    expect(parseTrainArguments(line)).toMatchObject({
      data: { name: 'weather.csv', columns: [{ name: 'wind', mean: 2, reach: 1 }] },
      settings: { network: { inputs: 1 }, signal: { wave: 'data', amplitude: 0.5 } },
    });
    const both = ['--out', 'run', '--data', table, '--column', 'wind', '--column', 'rain, mm'];
    expect(parseTrainArguments(both)).toMatchObject({ settings: { network: { inputs: 2 } } });
    expect(() => parseTrainArguments([...both, '--networks', '2'])).toThrow(ConfigError);
  });

  const huge = file('huge.csv', '');
  truncateSync(huge, 3e9);
  test.each<[string, string, string[], RegExp]>([
    ['a missing file', join(folder, 'none.csv'), [], /^Cannot read .*none\.csv\. Check the name/],
    ['a folder', folder, [], /^Cannot read /],
    ['a huge file', huge, [], /has 3000\.0 MB; at most 20 MB are read/],
    ['no numbers', file('words.csv', 'a,b\nx,y\nz,w\n'), [], /^No column of the file holds numbers/],
    ['a file too short', file('short.csv', 'a\n1\n'), [], /fewer than two rows/],
    [
      'an unknown column',
      table,
      ['hail'],
      /^The file has no column "hail"\. Choose of: rain, mm, wind, gusts\.$/,
    ],
    ['a column of text', table, ['wind,day'], /^"day" holds text, not numbers\. Choose of: /],
    ['a missing value', table, ['gusts'], /^Line 3 has no value in "gusts"/],
    ['no whole column', file('holes.csv', 'a,b\n1,2\n,3\n4,\n'), [], /^Line 3 has no value in "a"/],
  ])('with %s are refused', (_, path, columns, message) => {
    expect(() => readOwnData(path, columns)).toThrow(message);
    expect(() => readOwnData(path, columns)).toThrow(FileError);
  });
});
