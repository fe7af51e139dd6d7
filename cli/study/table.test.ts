import { describe, expect, test } from 'vitest';
import { count, figure, median, medianAndWorst, percent, percentOrNone, table, worst } from './table.ts';

describe('median', () => {
  test('is the middle value, or the mean of the middle two, in any order', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([10, 1, 2, 3])).toBe(2.5);
    expect(median([10, 9, 100])).toBe(10);
  });

  test('takes what is no number for the largest', () => {
    expect(median([1, Number.NaN, 2])).toBe(2);
    expect(median([1, Number.NaN, Number.NaN])).toBe(Number.POSITIVE_INFINITY);
    expect(median([Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
  });

  test('of nothing is refused', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

test.each([
  [0, '0'],
  [0.01234, '0.0123'],
  [0.001234, '0.0012'],
  [0.000321, '3.2e-4'],
  [1.018, '1.02'],
  [12.34, '12.3'],
  [1234, '1234'],
  [23456, '2.3e+4'],
  [Number.NaN, 'diverged'],
  [Number.POSITIVE_INFINITY, 'diverged'],
])('figure(%d) reads %s', (value, text) => {
  expect(figure(value)).toBe(text);
});

describe('medianAndWorst', () => {
  test('names the worst only where it reads differently', () => {
    expect(medianAndWorst([0.1, 0.3, 0.2])).toBe('0.200 (0.300)');
    expect(medianAndWorst([0.5, 0.5])).toBe('0.500');
  });

  test('does not hide a run that diverged', () => {
    expect(medianAndWorst([0.1, 0.1, Number.NaN])).toContain('diverged');
    expect(medianAndWorst([0.1, 0.1, Number.POSITIVE_INFINITY])).toContain('diverged');
  });
});

test('worst is the largest, or none where one is no number', () => {
  expect(worst([1, 3, 2])).toBe(3);
  expect(worst([1, Number.NaN])).toBeNaN();
});

test('medianAndWorst takes another format', () => {
  expect(medianAndWorst([0.1, 0.2, Number.POSITIVE_INFINITY], percentOrNone)).toBe('20.0% (none)');
});

test('count writes steps with commas, and never for what has no end', () => {
  expect(count(12345.6)).toBe('12,346');
  expect(count(Number.POSITIVE_INFINITY)).toBe('never');
});

test('percent has one decimal', () => {
  expect(percent(0.0163)).toBe('1.6%');
});

test('a table has a header, a rule and rows', () => {
  expect(
    table(
      ['name', 'value'],
      [
        ['a', '1'],
        ['b', '2'],
      ],
    ),
  ).toBe('| name | value |\n| --- | ---: |\n| a | 1 |\n| b | 2 |');
});
