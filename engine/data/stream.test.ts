import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { type WaveSignal, waveAt } from './signal.ts';
import { SignalStream, StreamStateSchema } from './stream.ts';

const sine: WaveSignal = { wave: 'sine', period: 50, amplitude: 1, noise: 0, endings: 'plain' };
const noisy: WaveSignal = { ...sine, period: 62.83, noise: 0.1 };

/** Column `channel` of [count, 2 * inputs] rows; targets follow the inputs. */
const channel = (rows: Float32Array, inputs: number, at: number): number[] =>
  Array.from({ length: rows.length / (2 * inputs) }, (_, r) => rows[r * 2 * inputs + at]!);

describe('SignalStream', () => {
  test('hands out the wave from its start, each target being the next input', () => {
    const rows = new SignalStream(sine, 1, 1).rows(120);
    const inputs = channel(rows, 1, 0);
    const targets = channel(rows, 1, 1);
    inputs.forEach((value, t) => {
      expect(value).toBe(Math.fround(waveAt(sine, t / 50)));
    });
    expect(targets.slice(0, -1)).toEqual(inputs.slice(1));
    expect(targets.at(-1)).toBe(Math.fround(waveAt(sine, 120 / 50)));
  });

  test('goes on across calls as if it had been one', () => {
    const whole = new SignalStream(noisy, 3, 7).rows(40);
    const parts = new SignalStream(noisy, 3, 7);
    expect([...parts.rows(1), ...parts.rows(0), ...parts.rows(26), ...parts.rows(13)]).toEqual([...whole]);
  });

  test('delays each channel by an equal share of half a period', () => {
    const rows = new SignalStream(sine, 2, 1).rows(100);
    for (const [r, value] of channel(rows, 2, 1).entries())
      expect(value).toBeCloseTo(Math.sin((2 * Math.PI * (r - 12.5)) / 50), 6);
    expect(channel(rows, 2, 3).slice(0, -1)).toEqual(channel(rows, 2, 1).slice(1));
  });

  test('draws the same noise for the same seed, another for another, and as much as was asked for', () => {
    const run = (seed: number) => [...new SignalStream(noisy, 1, seed).rows(50)];
    expect(run(3)).toEqual(run(3));
    expect(run(3)).not.toEqual(run(4));
    const count = 20000;
    const values = channel(new SignalStream({ ...noisy, amplitude: 0 }, 1, 5).rows(count), 1, 0);
    const mean = values.reduce((sum, x) => sum + x, 0) / count;
    const deviation = Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / count);
    expect(Math.abs(mean)).toBeLessThan(0.003);
    expect(Math.abs(deviation - 0.1)).toBeLessThan(0.002);
  });

  test('goes on with the same values from a state that went through JSON', () => {
    const stream = new SignalStream(noisy, 2, 11);
    stream.rows(37);
    stream.setSignal({ ...noisy, period: 31.7 });
    stream.rows(5);
    const state = v.parse(StreamStateSchema, JSON.parse(JSON.stringify(stream.state())));
    const resumed = new SignalStream({ ...noisy, period: 31.7 }, 2, 11, state);
    expect([...resumed.rows(200)]).toEqual([...stream.rows(200)]);
    expect(resumed.state()).toEqual(stream.state());
  });

  test('keeps its phase when the period changes', () => {
    const stream = new SignalStream(sine, 1, 1);
    stream.rows(1013);
    stream.setSignal({ ...sine, period: 80 });
    const cycles = 1013 / 50;
    const rows = stream.rows(100);
    const expected = (t: number) => Math.sin(2 * Math.PI * (cycles + t / 80));
    channel(rows, 1, 0).forEach((value, t) => {
      expect(value).toBeCloseTo(expected(t), 5);
    });
    stream.setSignal({ ...sine, period: 20 });
    const after = Math.sin(2 * Math.PI * (cycles + 100 / 80 + 1 / 20));
    expect(stream.rows(1)[1]).toBeCloseTo(after, 5);
  });

  test('keeps the promise of the last target when the signal changes', () => {
    const stream = new SignalStream(sine, 1, 1);
    const promised = stream.rows(13)[2 * 12 + 1]!;
    stream.setSignal({ ...sine, amplitude: 0.25 });
    const rows = stream.rows(2);
    expect(rows[0]).toBe(promised);
    expect(rows[1]).toBe(Math.fround(0.25 * waveAt(sine, 14 / 50)));
    expect(rows[2]).toBe(rows[1]);
  });

  test('noise turned on late is the noise it would have had from the start', () => {
    const quiet = new SignalStream({ ...noisy, noise: 0 }, 1, 2);
    const loud = new SignalStream(noisy, 1, 2);
    quiet.rows(10);
    loud.rows(10);
    quiet.setSignal(noisy);
    expect([...quiet.rows(5)].slice(1)).toEqual([...loud.rows(5)].slice(1));
  });
});

describe('StreamStateSchema', () => {
  const state = () => new SignalStream(noisy, 1, 1).state();

  test.each([
    ['a position before the start', { position: -1 }],
    ['a fraction of a position', { position: 0.5 }],
    ['a phase that is not finite', { phase: Number.POSITIVE_INFINITY }],
    ['a generator that is too short', { generator: [1, 2, 3] }],
    ['no present value', { current: [] }],
    ['a field that it does not know', { extra: 1 }],
  ])('refuses %s', (_, change) => {
    expect(v.is(StreamStateSchema, state())).toBe(true);
    expect(v.is(StreamStateSchema, { ...state(), ...change })).toBe(false);
  });
});
