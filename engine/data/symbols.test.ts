import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { SignalConfig } from '../model/config.ts';
import { floorsOf } from './floors.ts';
import { SignalStream, StreamStateSchema } from './stream.ts';
import { isAmbiguous, isPredictable, symbolFloors, symbolOf, symbols } from './symbols.ts';

const signal: SignalConfig = { wave: 'highOrder', period: 50, amplitude: 1, noise: 0, endings: 'plain' };

/** Inputs of rows of 6 channels, or their targets, as letters. */
const read = (rows: Float32Array, part: 'inputs' | 'targets' = 'inputs'): string =>
  Array.from(
    { length: rows.length / 12 },
    (_, r) => symbols[symbolOf(rows, 2 * r + (part === 'inputs' ? 0 : 1))],
  ).join('');

const words = (text: string): string[] => text.match(/.{4}/g) ?? [];

describe('a stream of symbols', () => {
  test('is one-hot', () => {
    const rows = new SignalStream({ ...signal, amplitude: 0.8 }, 6, 1).rows(40);
    for (let at = 0; at < rows.length; at += 6)
      expect([...rows.subarray(at, at + 6)].sort()).toEqual([0, 0, 0, 0, 0, Math.fround(0.8)]);
  });

  test('is made of A-B-C-D and X-B-C-Y alone, drawn independently with probability 1/2', () => {
    const text = read(new SignalStream(signal, 6, 1).rows(16000));
    const drawn = words(text);
    expect(new Set(drawn)).toEqual(new Set(['ABCD', 'XBCY']));
    const share = (of: (word: string, i: number) => boolean) => drawn.filter(of).length / drawn.length;
    // Four standard deviations of a fair coin over 4,000 tosses.
    expect(Math.abs(share(word => word === 'ABCD') - 0.5)).toBeLessThan(0.032);
    expect(Math.abs(share((word, i) => word === drawn[i - 1]) - 0.5)).toBeLessThan(0.032);
  });

  test('hands out the same for the same seed, another for another, each target being the next input', () => {
    const text = (seed: number) => read(new SignalStream(signal, 6, seed).rows(80));
    expect(text(3)).toBe(text(3));
    expect(text(3)).not.toBe(text(4));
    const rows = new SignalStream(signal, 6, 3).rows(81);
    expect(read(rows, 'targets').slice(0, 80)).toBe(read(rows).slice(1));
  });

  test('with endings swapped ends the same sequences in the other symbol, from the next drawn value on', () => {
    const plain = read(new SignalStream(signal, 6, 5).rows(403));
    const stream = new SignalStream(signal, 6, 5);
    const before = read(stream.rows(3));
    stream.setSignal({ ...signal, endings: 'swapped' });
    // Row 3 was promised as a target, and is still plain.
    expect(before + read(stream.rows(1))).toBe(plain.slice(0, 4));
    const swap: Record<string, string> = { D: 'Y', Y: 'D' };
    expect(read(stream.rows(399))).toBe([...plain.slice(4)].map(s => swap[s] ?? s).join(''));
  });

  test('noise is added to every channel', () => {
    const clean = new SignalStream(signal, 6, 2).rows(4000);
    const noisy = new SignalStream({ ...signal, noise: 0.1 }, 6, 2).rows(4000);
    for (let channel = 0; channel < 6; channel++) {
      let squares = 0;
      for (let at = channel; at < clean.length; at += 12) squares += (noisy[at]! - clean[at]!) ** 2;
      expect(Math.abs(Math.sqrt(squares / 4000) - 0.1)).toBeLessThan(0.006);
    }
  });

  test.each([1, 2, 3, 4, 17])('after %d rows, goes on from a state that went through JSON', count => {
    const stream = new SignalStream({ ...signal, noise: 0.05 }, 6, 7);
    stream.rows(count);
    const state = v.parse(StreamStateSchema, JSON.parse(JSON.stringify(stream.state())));
    const resumed = new SignalStream({ ...signal, noise: 0.05 }, 6, 7, state);
    expect([...resumed.rows(100)]).toEqual([...stream.rows(100)]);
    expect(resumed.state()).toEqual(stream.state());
  });

  test.each([
    ['a third sequence', { sequence: 2 }],
    ['a fifth place', { place: 4 }],
    ['too short a generator', { generator: [1] }],
    ['a field that it does not know', { extra: 1 }],
  ])('refuses a state with %s', (_, change) => {
    const state = new SignalStream(signal, 6, 1).state();
    expect(v.is(StreamStateSchema, state)).toBe(true);
    expect(v.is(StreamStateSchema, { ...state, source: { ...state.source, ...change } })).toBe(false);
  });
});

describe('symbolOf', () => {
  test('is the largest channel of the row, the first of equals', () => {
    expect(symbolOf([0, 0.2, 0.9, 0.1, 0, 0])).toBe(2);
    expect(symbolOf([-3, -1, -1, -2, -5, -4])).toBe(1);
    expect(symbolOf([1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], 1)).toBe(5);
  });
});

test('D and Y are ambiguous, A and X cannot be predicted', () => {
  const which = (holds: (symbol: number) => boolean) => symbols.filter((_, i) => holds(i)).join('');
  expect(which(isAmbiguous)).toBe('DY');
  expect(which(isPredictable)).toBe('BCDY');
});

describe('floors of symbols', () => {
  test.each([
    { amplitude: 1, noise: 0 },
    { amplitude: 0.7, noise: 0.1 },
  ])('are what such predictors err on the stream itself, at %j', change => {
    const of = { ...signal, ...change };
    const text = read(new SignalStream({ ...signal, amplitude: change.amplitude }, 6, 1).rows(40001));
    const rows = new SignalStream(of, 6, 1).rows(40001);
    /** Conditional means of what follows each context in the text itself. */
    const error = (contextOf: (i: number) => string) => {
      const counts = new Map<string, number[]>();
      for (let i = 3; i < 40000; i++) {
        const found = counts.get(contextOf(i)) ?? symbols.map(() => 0);
        found[symbolOf(rows, 2 * i + 1)]!++;
        counts.set(contextOf(i), found);
      }
      let squares = 0;
      for (let i = 3; i < 40000; i++) {
        const found = counts.get(contextOf(i))!;
        const total = found.reduce((a, b) => a + b);
        for (let c = 0; c < 6; c++)
          squares += (rows[12 * i + 6 + c]! - (change.amplitude * found[c]!) / total) ** 2;
      }
      return Math.sqrt(squares / (6 * 39997));
    };
    const { persistence, noMemory, memory } = symbolFloors(of);
    expect(Math.abs(error(i => text[i]!) / noMemory - 1)).toBeLessThan(0.01);
    expect(Math.abs(error(i => text.slice(i - 2, i + 1)) / memory - 1)).toBeLessThan(0.01);
    let squares = 0;
    for (let i = 0; i < 40000; i++)
      for (let c = 0; c < 6; c++) squares += (rows[12 * i + 6 + c]! - rows[12 * i + c]!) ** 2;
    expect(Math.abs(Math.sqrt(squares / 240000) / persistence - 1)).toBeLessThan(0.01);
    expect(floorsOf(of, 6)).toEqual({ persistence, noMemory });
  });
});
