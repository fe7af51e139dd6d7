import * as v from 'valibot';
import { describe, expect, it, test } from 'vitest';
import { ConfigError, FileError } from '../errors.ts';
import { defaultPreset } from '../model/presets.ts';
import { mostCsvBytes, mostCsvRows, readCsv } from './csv.ts';
import { floorsOf } from './floors.ts';
import { ownData, rowCount } from './own-data.ts';
import { SignalStream, StreamStateSchema } from './stream.ts';

const read = (text: string) => readCsv(new TextEncoder().encode(text));
const columnsOf = (text: string) => read(text).columns.map(({ name, values }) => [name, [...values]]);

describe('a CSV file', () => {
  test.each([
    ['commas', 'a,b\n1,2.5\n-3,4e2\n'],
    ['semicolons and decimal commas', 'a;b\r\n1;2,5\r\n-3;4,0e2\r\n'],
    ['tabs', 'a\tb\n1\t2.5\n-3\t400'],
    ['bars and blanks', '\n a | b \n\n 1 | 2.5 \n-3|400\n\n'],
    ['quotes and a byte order mark', '\ufeff"a","b"\r\n"1" ,"2.5"\r\n"-3","400"'],
    ['lines as old as the Macintosh', 'a,b\r1,2.5\r"-3",400\r'],
  ])('is read with %s', (_, text) => {
    expect(columnsOf(text)).toEqual([
      ['a', [1, -3]],
      ['b', [2.5, 400]],
    ]);
  });

  it('may have one column with decimal commas', () => {
    expect(columnsOf('t\n1,5\n2,5\n3')).toEqual([['t', [1.5, 2.5, 3]]]);
  });

  it('names columns without a header by their number, and leaves out those of text', () => {
    const table = read('2020-01-01,1,x\n2020-01-02,2,y\n');
    expect(table).toMatchObject({ hasHeader: false, rows: 2, delimiter: ',', decimal: '.' });
    expect(table.columns.map(c => c.name)).toEqual(['column 2']);
    expect(table.others).toEqual(['column 1', 'column 3']);
  });

  test.each<[string, string, RegExp]>([
    ['nothing in it', ' \n\n', /is empty/],
    ['one row', 'a\n1\n', /fewer than two rows/],
    ['no numbers', 'a,b\nx,y\nz,w\n', /No column .* numbers/],
    [
      'a row too short',
      'a,b\n1,2\n\n3\n',
      /^Line 4 has 1 value between commas, and those before it have 2\. Make them equal/,
    ],
    ['a quotation mark left open', 'a,b\n1,2\n3,"4\n', /^Line 3 .* never closed.* quotation marks/],
    ['a quotation mark within a value', '"a\nb",c\n1,"2" 3\n', /^Line 3 has text after a closing quotation/],
    ['a row of a megabyte', `a,b\n1,"${'x\n'.repeat(5e5)}"\n`, /^Line 2 has more than 100000 characters/],
    [
      'too many numbers',
      `${'1,'.repeat(99)}1\n`.repeat(50_001),
      /100 columns .* 50001 rows; at most 5000000/,
    ],
    ['too many columns', `${'1,'.repeat(300)}1\n${'1,'.repeat(300)}1\n`, /^Line 1 has more than 256 columns/],
  ])('with %s is refused', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(FileError);
  });

  it('of another encoding, or too large, is refused', () => {
    expect(() => readCsv(new Uint8Array([0x61, 0xff, 0xfe]))).toThrow(/UTF-8/);
    expect(() => readCsv(new Uint8Array(mostCsvBytes + 1))).toThrow(/20\.0 MB; at most 20 MB/);
    expect(() => read('1\n'.repeat(mostCsvRows + 1))).toThrow(/Line 1000001 is beyond the 1000000 rows/);
  });

  it('tells the line of what is missing or no number, also after a line break in quotes', () => {
    const { columns } = read('t,a,b\n"x\ny",1,1\nz,,n/a\nw,3,3\nv,4,4\n');
    expect(columns.map(c => c.problem)).toEqual([
      'Line 4 has no value in "a". Fill it in or take the line out, and load the file again.',
      'Line 4 has "n/a", which is no number that can be used, in "b". Fill it in or take the line out, and load the file again.',
    ]);
  });
});

describe('own data', () => {
  it('have mean 0 and a peak of 1 in each channel, in the order chosen', () => {
    const data = ownData('f.csv', read('a,b\n1,10\n2,20\n3,60\n'), [1, 0]);
    expect(data).toMatchObject({
      name: 'f.csv',
      columns: [
        { name: 'b', mean: 30 },
        { name: 'a', mean: 2 },
      ],
    });
    expect(rowCount(data)).toBe(3);
    for (const channel of [0, 1]) {
      const { mean, reach } = data.columns[channel]!;
      const values = [0, 1, 2].map(row => data.values[2 * row + channel]!);
      expect(values.reduce((a, b) => a + b)).toBeCloseTo(0, 6);
      expect(Math.max(...values.map(Math.abs))).toBe(1);
      expect(mean + reach * values[2]!).toBeCloseTo([60, 3][channel]!, 5);
    }
  });

  test.each<[string, string, number[], RegExp]>([
    ['no column', 'a\n1\n2\n', [], /0 columns are chosen/],
    ['a column that never changes', 'a\n0.1\n0.1\n0.1\n', [0], /"a" has the same value/],
    ['a value missing', 'a,b\n1,1\n2,2\n,3\n', [0], /^Line 4 has no value in "a"/],
    ['values beyond computing', 'a\n1.7e308\n1.7e308\n-1.7e308\n', [0], /too large/],
  ])('of %s are refused', (_, text, chosen, message) => {
    expect(() => ownData('f.csv', read(text), chosen)).toThrow(message);
    expect(() => ownData('f.csv', read(text), chosen)).toThrow(FileError);
  });
});

describe('a stream of own data', () => {
  const data = ownData('f.csv', read('a,b\n1,10\n2,20\n3,60\n'), [0, 1]);
  const signal = { ...defaultPreset.settings.signal, wave: 'data', amplitude: 2 } as const;
  const inputsOf = (rows: Float32Array) => Array.from({ length: rows.length / 4 }, (_, r) => rows[4 * r]);

  it('goes through the rows, and begins again after the last', () => {
    const rows = new SignalStream(signal, 2, 1, undefined, data).rows(7);
    expect(inputsOf(rows)).toEqual([-2, 0, 2, -2, 0, 2, -2]);
    expect([...rows.subarray(2, 4)]).toEqual([...rows.subarray(4, 6)]);
  });

  it('goes on where it stood', () => {
    const stream = new SignalStream({ ...signal, noise: 0.1 }, 2, 1, undefined, data);
    stream.rows(4);
    const state = v.parse(StreamStateSchema, JSON.parse(JSON.stringify(stream.state())));
    const resumed = new SignalStream({ ...signal, noise: 0.1 }, 2, 1, state, data);
    expect([...resumed.rows(9)]).toEqual([...stream.rows(9)]);
  });

  it('is refused without data, or with as many channels as there are not', () => {
    expect(() => new SignalStream(signal, 2, 1)).toThrow(/signal.wave: needs data/);
    expect(() => new SignalStream(signal, 1, 1, undefined, data)).toThrow(/inputs: must be 2/);
    expect(() => new SignalStream(signal, 1, 1, undefined, data)).toThrow(ConfigError);
  });

  it('has the floor of repeating its values', () => {
    const { persistence, noMemory } = floorsOf(signal, 2, data);
    const rows = new SignalStream(signal, 2, 1, undefined, data).rows(3);
    const squares = [0, 4, 8].flatMap(at => [0, 1].map(i => (rows[at + 2 + i]! - rows[at + i]!) ** 2));
    expect(persistence).toBeCloseTo(Math.sqrt(squares.reduce((a, b) => a + b) / 6), 6);
    expect(noMemory).toBeNull();
  });
});
