import { describe, expect, test } from 'vitest';
import type { Summary } from '../../engine/measure/run-measure.ts';
import { ratioInWords } from './ratio-in-words.ts';

const floors = { persistence: 0.1, noMemory: 0.08 };

const summary = (rmse: number, change: Partial<Summary> = {}): Summary => ({
  step: 5000,
  steps: 1000,
  rmse,
  persistence: 0.1,
  ratio: rmse / 0.1,
  columnsInUse: 64,
  entropy: 0.7,
  burstRate: 0.01,
  accuracy: null,
  ...change,
});

const sentence = (s: Summary | null, f: { persistence: number; noMemory: number | null } = floors) => {
  const { figure, meaning } = ratioInWords(s, f);
  return `${figure} ${meaning}`.trim();
};

describe('ratioInWords', () => {
  test('of symbols says how many are right where only memory knows', () => {
    const accuracy = { ambiguous: 0.992, predictable: 0.997 };
    expect(sentence(summary(0.034, { accuracy }))).toMatch(
      /99\.2% of D or Y are right; without memory half are\.$/,
    );
    expect(sentence(summary(0.034, { accuracy: { ambiguous: null, predictable: null } }))).toMatch(
      /below what/,
    );
  });

  test('says nothing before there is something', () => {
    expect(sentence(null)).toBe('Nothing measured yet.');
    expect(sentence(summary(0, { steps: 0, ratio: null }))).toBe('Nothing measured yet.');
  });

  test('is plain about a network that has learned nothing', () => {
    expect(sentence(summary(0.3))).toBe(
      '3.0 of persistence (last 1,000 steps): worse than repeating the last value.',
    );
    expect(sentence(summary(0.0988))).toContain('no better than repeating the last value');
    expect(sentence(summary(0.104))).toContain('no better than repeating the last value');
  });

  test('tells an error that memory explains from one that it does not', () => {
    expect(sentence(summary(0.085))).toContain('no better than fixed weights without memory');
    expect(sentence(summary(0.0775))).toContain('no better than fixed weights without memory');
    expect(sentence(summary(0.02))).toBe(
      '0.20 of persistence (last 1,000 steps): 5.0 times better than repeating the last value, and below what fixed weights without memory can do.',
    );
  });

  test('does not speak of memory where that floor is not known', () => {
    const words = sentence(summary(0.02), { ...floors, noMemory: null });
    expect(words).toContain('5.0 times better');
    expect(words).not.toContain('memory');
  });

  test('says how few steps it stands on', () => {
    expect(sentence(summary(0.3, { steps: 40 }))).toContain('(last 40 steps)');
  });

  test('names what cannot be compared, and a divergence', () => {
    expect(sentence(summary(0.1, { persistence: 0, ratio: null }))).toContain('stands still');
    expect(sentence(summary(Number.NaN, { ratio: Number.NaN }))).toContain(
      'Diverged: the error is no longer a number',
    );
  });
});
