import { describe, expect, test } from 'vitest';
import type { SignalConfig } from '../model/config.ts';
import { floorsOf } from './floors.ts';

const sine: SignalConfig = { wave: 'sine', period: 50, amplitude: 1, noise: 0, endings: 'plain' };

/** So little noise that it changes nothing but the way the floor is found: estimated, not known. */
const barelyNoisy = (signal: SignalConfig): SignalConfig => ({ ...signal, noise: 1e-6 });

describe('floorsOf', () => {
  test('a sine of period 50 has floors of 0.0888 and 0.0886', () => {
    const floors = floorsOf(sine, 1);
    expect(floors.persistence).toBeCloseTo(Math.SQRT2 * Math.sin(Math.PI / 50), 6);
    expect(floors.persistence.toFixed(4)).toBe('0.0888');
    expect(floors.noMemory!.toFixed(4)).toBe('0.0886');
  });

  test.each([31.7, 50, 62.83])('estimates what is known for a sine of period %d', period => {
    const known = floorsOf({ ...sine, period }, 1).noMemory!;
    const estimated = floorsOf(barelyNoisy({ ...sine, period }), 1).noMemory!;
    expect(Math.abs(estimated / known - 1)).toBeLessThan(0.02);
  });

  test('both floors scale with the amplitude', () => {
    const [one, three] = [floorsOf(sine, 1), floorsOf({ ...sine, amplitude: 3 }, 1)];
    expect(three.persistence / one.persistence).toBeCloseTo(3, 5);
    expect(three.noMemory! / one.noMemory!).toBeCloseTo(3, 9);
  });

  test('of nothing but noise, the best guess is its mean, and persistence errs by the square root of two more', () => {
    const floors = floorsOf({ ...sine, amplitude: 0, noise: 0.2 }, 1);
    expect(Math.abs(floors.noMemory! / 0.2 - 1)).toBeLessThan(0.02);
    expect(Math.abs(floors.persistence / (0.2 * Math.SQRT2) - 1)).toBeLessThan(0.02);
  });

  test('noise adds to both floors', () => {
    const noise = 0.0707;
    const floors = floorsOf({ ...sine, noise }, 1);
    const expected = Math.hypot(Math.SQRT2 * Math.sin(Math.PI / 50), noise * Math.SQRT2);
    expect(Math.abs(floors.persistence / expected - 1)).toBeLessThan(0.02);
    expect(floors.noMemory!).toBeGreaterThan(noise);
    expect(floors.noMemory!).toBeLessThan(floors.persistence);
  });

  test('a square wave jumps by two, twice a cycle, and its level alone does not tell when', () => {
    const floors = floorsOf({ ...sine, wave: 'square' }, 1);
    const jumps = 1 / 25;
    expect(floors.persistence).toBeCloseTo(Math.sqrt(4 * jumps), 3);
    // Given the level, the next value is a coin with these odds: its standard deviation remains.
    expect(floors.noMemory!).toBeCloseTo(2 * Math.sqrt(jumps * (1 - jumps)), 2);
  });

  test.each(['twoSines', 'threeTones', 'square', 'triangle'] as const)(
    'of %s, a predictor without memory is no worse than persistence',
    wave => {
      const floors = floorsOf({ ...sine, wave }, 1);
      expect(floors.noMemory!).toBeGreaterThan(0);
      expect(floors.noMemory!).toBeLessThanOrEqual(floors.persistence);
    },
  );

  test('a signal that never moves has floors of zero', () => {
    expect(floorsOf({ ...sine, amplitude: 0 }, 1)).toEqual({ persistence: 0, noMemory: 0 });
  });

  test('several channels have no floor without memory: each remembers for the others', () => {
    const floors = floorsOf(sine, 4);
    expect(floors.noMemory).toBeNull();
    expect(floors.persistence).toBeCloseTo(Math.SQRT2 * Math.sin(Math.PI / 50), 4);
  });
});
