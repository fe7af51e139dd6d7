import { describe, expect, test } from 'vitest';
import { formatCount, formatError, formatRatio, formatShare, formatTick, formatValue } from './figures.ts';

describe('figures', () => {
  test('counts have groups', () => {
    expect(formatCount(12345)).toBe('12,345');
  });

  test.each([
    [0, '0'],
    [0.08882, '0.0888'],
    [0.00156, '0.00156'],
    [0.000123, '0.000123'],
    [1.2, '1.20'],
    [2.4567e-6, '2.46×10⁻⁶'],
    [3e9, '3.00×10⁹'],
  ])('an error of %d reads %s', (value, text) => {
    expect(formatError(value)).toBe(text);
  });

  test.each([
    [0.0176, '0.018'],
    [0.996, '1.0'],
    [56.8, '57'],
    [5677.4, '5,677'],
    [7_513_254, '7.51×10⁶'],
  ])('a ratio of %d reads %s', (value, text) => {
    expect(formatRatio(value)).toBe(text);
  });

  test('shares are percentages', () => {
    expect(formatShare(0.01953)).toBe('2%');
    expect(formatShare(0.0156)).toBe('1.6%');
  });

  test('values keep their width, with a real minus sign', () => {
    expect(formatValue(0.5877)).toBe('0.588');
    expect(formatValue(-0.5877)).toBe('−0.588');
    expect(formatValue(-0.0001)).toBe('0.000');
  });

  test.each([
    [0, '0'],
    [-1, '−1'],
    [0.05, '0.05'],
    [0.001, '0.001'],
    [2000, '2,000'],
    [1e-4, '10⁻⁴'],
    [1e-10, '10⁻¹⁰'],
    [2 * 10 ** -5, '2×10⁻⁵'],
    [5e6, '5×10⁶'],
  ])('a tick at %d reads %s', (value, text) => {
    expect(formatTick(value)).toBe(text);
  });

  test('what is not a number says so', () => {
    for (const format of [formatCount, formatError, formatRatio, formatShare, formatValue])
      expect(format(Number.NaN)).toBe('not a number');
    expect(formatError(Number.POSITIVE_INFINITY)).toBe('not a number');
  });
});
