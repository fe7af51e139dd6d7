import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import type { SignalConfig } from '../model/config.ts';
import { SignalStream, StreamStateSchema } from './stream.ts';

const signal: SignalConfig = { wave: 'mackeyGlass', period: 50, amplitude: 1, noise: 0, endings: 'plain' };

const values = (seed: number, count: number) =>
  Array.from(new SignalStream(signal, 1, seed).rows(count)).filter((_, i) => i % 2 === 0);

describe('a Mackey-Glass stream', () => {
  test('goes on across calls, each target being the next input', () => {
    const whole = new SignalStream(signal, 1, 1).rows(50);
    const parts = new SignalStream(signal, 1, 1);
    expect([...parts.rows(20), ...parts.rows(30)]).toEqual([...whole]);
    for (let r = 0; r < 49; r++) expect(whole[2 * r + 1]).toBe(whole[2 * r + 2]);
  });

  test('obeys its equation: integrating the delayed slope over a unit of time gives the next value', () => {
    const x = values(1, 400).map(value => 0.9 + 0.5 * value);
    const slope = (t: number) => (0.2 * x[t - 17]!) / (1 + x[t - 17]! ** 10) - 0.1 * x[t]!;
    // Simpson's rule over two units; the slope is smooth at this scale.
    for (let t = 20; t < 398; t++) {
      const integral = (slope(t) + 4 * slope(t + 1) + slope(t + 2)) / 3;
      expect(Math.abs(x[t + 2]! - x[t]! - integral)).toBeLessThan(2e-3);
    }
  });

  test('lies within about ±1, around 0, never settles, and differs from seed to seed', () => {
    const x = values(1, 10000);
    expect(Math.max(...x)).toBeLessThan(1.05);
    expect(Math.min(...x)).toBeGreaterThan(-1.15);
    expect(Math.abs(x.reduce((sum, value) => sum + value, 0) / x.length)).toBeLessThan(0.1);
    const late = x.slice(-200);
    expect(Math.max(...late) - Math.min(...late)).toBeGreaterThan(1);
    expect(values(2, 100)).not.toEqual(values(1, 100));
  });

  test('goes on with the same values from a state that went through JSON', () => {
    const noisy = { ...signal, noise: 0.1 };
    const stream = new SignalStream(noisy, 3, 11);
    stream.rows(37);
    const state = v.parse(StreamStateSchema, JSON.parse(JSON.stringify(stream.state())));
    const resumed = new SignalStream(noisy, 3, 11, state);
    expect([...resumed.rows(200)]).toEqual([...stream.rows(200)]);
    expect(resumed.state()).toEqual(stream.state());
  });

  test('takes amplitude and noise, and no notice of a period', () => {
    const stream = new SignalStream(signal, 1, 3);
    stream.setSignal({ ...signal, amplitude: 0.5, period: 9 });
    stream.rows(1);
    const halved = stream.rows(50);
    const whole = new SignalStream(signal, 1, 3).rows(51).subarray(2);
    halved.forEach((value, i) => {
      expect(value).toBeCloseTo(whole[i]! / 2, 6);
    });
    const noisy = new SignalStream({ ...signal, noise: 0.1 }, 1, 3).rows(5000);
    const clean = new SignalStream(signal, 1, 3).rows(5000);
    const squares = noisy.reduce((sum, value, i) => sum + (value - clean[i]!) ** 2, 0);
    expect(Math.abs(Math.sqrt(squares / noisy.length) - 0.1)).toBeLessThan(0.003);
  });

  test('of two channels, the second is what the first was 8.5 units before', () => {
    const rows = new SignalStream(signal, 2, 1).rows(100);
    const at = (t: number, channel: number) => rows[t * 4 + channel]!;
    // 8.5 units lie between two values: by how far the series moves in one of them, they may differ.
    for (let t = 10; t < 100; t++) {
      const between = (at(t - 8, 0) + at(t - 9, 0)) / 2;
      expect(Math.abs(at(t, 1) - between)).toBeLessThan(0.03);
    }
  });

  test.each([
    ['too short a past', { past: [1, 2] }],
    ['a value that is not finite', { x: Number.NaN }],
    ['a field that it does not know', { extra: 1 }],
    ['a wave that has no source', { wave: 'sine' }],
  ])('refuses a state with %s', (_, change) => {
    const state = new SignalStream(signal, 1, 1).state();
    expect(v.is(StreamStateSchema, state)).toBe(true);
    expect(v.is(StreamStateSchema, { ...state, source: { ...state.source, ...change } })).toBe(false);
  });
});
