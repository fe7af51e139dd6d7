import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainNetwork } from '../test/plain-network.ts';
import { withinMemory } from '../test/within-memory.ts';
import { readCsv } from './data/csv.ts';
import { mostCsvColumns } from './data/csv-rows.ts';
import { ownData } from './data/own-data.ts';
import { SignalStream } from './data/stream.ts';
import { ConfigError, FileError } from './errors.ts';
import { encodeCheckpoint } from './file/checkpoint.ts';
import { decodeCheckpoint } from './file/checkpoint-reader.ts';
import { decodeSafetensors } from './file/safetensors-reader.ts';
import { NetworkSchema, parseSettings, SignalSchema } from './model/config.ts';
import { initialState } from './model/initialise.ts';
import { defaultPreset } from './model/presets.ts';

/*
 * Whatever a parser is given, it answers with a value of the promised kind or with an error that has a name here, and in
 * less than 100 MB. Most inputs are small, so that what a hostile one claims can only be met by allocating far more than
 * it holds; some are as large as they may be.
 */

const numRuns = 10_000;

/** What `parse` makes of its input; null where it was refused by an error of the named kind, and nothing else is let by. */
function accepted<T>(parse: () => T, Refusal: typeof FileError | typeof ConfigError): T | null {
  return withinMemory(() => {
    try {
      return parse();
    } catch (error) {
      if (error instanceof Refusal && error.message.length > 0 && error.message.length < 1000) return null;
      throw error;
    }
  });
}

/** `opening`, and then the same over and over. */
const filled = (opening: string, filling: string, bytes: number): Uint8Array =>
  Buffer.concat([Buffer.from(opening), Buffer.alloc(bytes - opening.length, filling)]);

describe('settings', () => {
  const { settings } = defaultPreset;
  const anything = fc.anything({ maxDepth: 2, withNullPrototype: true, withBigInt: true, withDate: true });
  const number = fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(0, -0, 1, 64, 4096, 32768, 2 ** 32, 1e300, Number.NaN, Number.POSITIVE_INFINITY),
  );
  const value = fc.oneof(
    anything,
    number,
    fc.array(number, { maxLength: 6 }),
    fc.constantFrom('sine', 'adam', '__proto__'),
  );
  const changes = (names: readonly string[]) =>
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), value, { maxKeys: 4 });
  /** One setting that is likely to be good. */
  const nearlyGood = fc
    .tuple(
      fc.constantFrom(...Object.keys(NetworkSchema.entries)),
      fc.oneof(fc.double({ min: 0, max: 1 }), fc.nat(20)),
    )
    .map(([name, number]) => ({ ...settings, network: { ...settings.network, [name]: number } }));
  const given = fc.oneof(
    anything,
    nearlyGood,
    fc
      .record({
        network: changes(Object.keys(NetworkSchema.entries)),
        signal: changes(Object.keys(SignalSchema.entries)),
        rest: fc.oneof(
          fc.constant({}),
          fc.record({ seed: value }),
          fc.dictionary(fc.string(), value, { maxKeys: 2 }),
        ),
      })
      .map(({ network, signal, rest }) => ({
        ...settings,
        ...rest,
        network: { ...settings.network, ...network },
        signal: { ...settings.signal, ...signal },
      })),
  );

  it('are valid, or refused by name', () => {
    let valid = 0;
    fc.assert(
      fc.property(given, input => {
        const parsed = accepted(() => parseSettings(input), ConfigError);
        if (!parsed) return;
        valid++;
        // What is valid once is so again, as it is, through the text that files hold it as.
        const text = JSON.stringify(parsed);
        expect(JSON.stringify(parseSettings(JSON.parse(text)))).toBe(text);
        expect(parsed.network.columns * parsed.network.cellsPerColumn).toBeLessThanOrEqual(32768);
      }),
      { numRuns },
    );
    expect(valid).toBeGreaterThan(numRuns / 100);
  });
});

/** Bytes of a file with some of them changed, added or gone. */
const mutated = (file: Uint8Array) =>
  fc
    .array(
      fc.record({
        at: fc.nat(file.length - 1),
        bytes: fc.uint8Array({ maxLength: 4 }),
        drop: fc.nat(8),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map(edits => {
      let bytes: Uint8Array = file;
      for (const { at, bytes: put, drop } of edits)
        bytes = Buffer.concat([bytes.subarray(0, at), put, bytes.subarray(at + drop)]);
      return bytes;
    });

describe('weights files', () => {
  const network = { ...plainNetwork, encoder: [2], columns: 3, winners: 1, cellsPerColumn: 1, decoder: [2] };
  const settings = parseSettings({ ...defaultPreset.settings, network });
  const file = encodeCheckpoint({
    settings,
    state: initialState(settings.network, 1),
    stream: new SignalStream(settings.signal, 1, 1).state(),
  });
  const owned = encodeCheckpoint({
    settings: { ...settings, signal: { ...settings.signal, wave: 'data' } },
    state: initialState(settings.network, 1),
    stream: new SignalStream(settings.signal, 1, 1).state(),
    data: { name: 'a.csv', columns: [{ name: 'a', mean: 0, reach: 1 }], values: Float32Array.of(1, -1, 0) },
  });
  const headerLength = Number(new DataView(file.buffer).getBigUint64(0, true));
  const header = new TextDecoder().decode(file.subarray(8, 8 + headerLength));

  /** A file whose header claims what it does not have: one number in it is another. */
  const lie = fc
    .record({
      which: fc.nat(200),
      number: fc.oneof(
        fc.constantFrom(
          '0',
          '-1',
          '1e12',
          '1000000000000',
          '9007199254740991',
          '1e300',
          '0.5',
          '[]',
          '""',
          'null',
        ),
        fc.nat(5000).map(String),
      ),
      claimed: fc.option(fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), { freq: 9 }),
    })
    .map(({ which, number, claimed }) => {
      let seen = 0;
      const places = header.match(/\d+(\.\d+)?/g)!.length;
      const text = header.replace(/\d+(\.\d+)?/g, digits => (seen++ === which % places ? number : digits));
      const bytes = Buffer.concat([new Uint8Array(8), Buffer.from(text), file.subarray(8 + headerLength)]);
      bytes.writeBigUInt64LE(claimed ?? BigInt(Buffer.byteLength(text)), 0);
      return bytes;
    });
  /** One byte of it is another. */
  const flipped = fc.tuple(fc.nat(file.length - 1), fc.nat(255)).map(([at, byte]) => {
    const bytes = file.slice();
    bytes[at] = byte;
    return bytes;
  });
  const input = fc.oneof(fc.uint8Array({ maxLength: 200 }), mutated(file), mutated(owned), flipped, lie);

  it('are read, or refused by name, and never hold more than their bytes', () => {
    let read = 0;
    fc.assert(
      fc.property(input, bytes => {
        const content = accepted(() => decodeSafetensors(bytes), FileError);
        let held = 0;
        for (const { data } of content?.tensors.values() ?? []) held += data.byteLength;
        expect(held).toBeLessThanOrEqual(bytes.length);
        const checkpoint = accepted(() => decodeCheckpoint(bytes), FileError);
        if (checkpoint === null) return;
        read++;
        // What is read can be written again, and is then the same for good.
        const written = encodeCheckpoint(checkpoint);
        expect(Buffer.compare(encodeCheckpoint(decodeCheckpoint(written)), written)).toBe(0);
      }),
      { numRuns },
    );
    expect(read).toBeGreaterThan(numRuns / 100);
  });

  it('with as large a header as there may be are refused by name', () => {
    const names = Array.from({ length: 80_000 }, (_, i) => `"${i}":{}`).join();
    const largest = Buffer.alloc(8 + 1e6, ' ');
    largest.writeBigUInt64LE(1_000_000n);
    for (const text of [`{${names}}`, `{"a":"${'\\u0041'.repeat(160_000)}"}`, '{'.repeat(1e6)]) {
      largest.write(text, 8);
      expect(accepted(() => decodeSafetensors(largest), FileError)).toBeNull();
    }
  });
});

describe('CSV files', () => {
  const cell = fc.oneof(
    { weight: 6, arbitrary: fc.double({ noDefaultInfinity: true, noNaN: true }).map(String) },
    fc.constantFrom(
      '',
      ' ',
      '"',
      '""',
      '"a\nb"',
      '1,5',
      '1.5',
      '1e999',
      '-',
      'NaN',
      'Infinity',
      '=1+1',
      '0x10',
      '١',
    ),
    fc.string({ maxLength: 6 }),
  );
  const separator = fc.constantFrom(',', ';', '\t', '|');
  const table = fc
    .record({
      separator,
      columns: fc.integer({ min: 1, max: 5 }),
      rows: fc.integer({ min: 0, max: 6 }),
      lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
      header: fc.option(fc.string({ maxLength: 12 })),
      plain: fc.boolean(),
    })
    .chain(({ separator, columns, rows, lineEnd, header, plain }) =>
      fc
        .array(
          fc.array(plain ? fc.integer({ max: 1e9 }).map(String) : cell, {
            minLength: columns,
            maxLength: columns,
          }),
          {
            minLength: rows,
            maxLength: rows,
          },
        )
        .map(lines =>
          (header === null ? [] : [header]).concat(lines.map(l => l.join(separator))).join(lineEnd),
        ),
    )
    .map(text => new TextEncoder().encode(text));
  const input = fc.oneof(
    table,
    fc.uint8Array({ maxLength: 100 }),
    fc
      .string({ maxLength: 60, unit: fc.constantFrom(...'12.,;\t|"\n\r ae-') })
      .map(s => new TextEncoder().encode(s)),
    // Wide beyond what is read.
    fc.nat(2000).map(columns => new TextEncoder().encode(`${','.repeat(columns)}\n`.repeat(2))),
  );

  it('are read, or refused by name', () => {
    let read = 0;
    fc.assert(
      fc.property(input, bytes => {
        const found = accepted(() => readCsv(bytes), FileError);
        if (!found) return;
        expect(found.columns.length).toBeGreaterThan(0);
        expect(found.columns.length + found.others.length).toBeLessThanOrEqual(mostCsvColumns);
        for (const { values } of found.columns) expect(values.length).toBe(found.rows);
        const all = found.columns.map((_, i) => i);
        const data = accepted(() => ownData('a.csv', found, all), FileError);
        if (!data) return;
        read++;
        expect(data.values.every(Number.isFinite)).toBe(true);
      }),
      { numRuns },
    );
    expect(read).toBeGreaterThan(numRuns / 100);
  });

  it.each<[string, Uint8Array, number]>([
    ['of the most numbers', filled('', `${'7,'.repeat(4)}7\n`, 10e6), 1e6],
    ['of commas', filled('', ',', 20e6), 0],
    ['of quotation marks', filled('a\n', '"', 20e6), 0],
    ['of quotation marks in the wrong places', filled('a\n"', 'a"', 20e6), 0],
    ['of a value that never ends', filled('a\n"', '\n', 20e6), 0],
    ['of blank lines after a wide table', filled(`${'1,'.repeat(255)}1\n`.repeat(110), '\n', 20e6), 0],
  ])('%s, as large as they may be, are read or refused by name', (_, bytes, rows) => {
    expect(accepted(() => readCsv(bytes), FileError)?.rows ?? 0).toBe(rows);
  });
});
