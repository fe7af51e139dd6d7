import { describe, expect, test } from 'vitest';
import { parseMilestones } from './milestone-steps.ts';

describe('parseMilestones', () => {
  test('reads steps with and without separators, and puts them in order', () => {
    expect(parseMilestones(['10,000', ' 1000 ', '4 000', '1,250,000', '2_500'])).toEqual({
      steps: [1000, 2500, 4000, 10_000, 1_250_000],
    });
  });

  test.each(['0', '-5', '1.5', '1e3', 'ten', '1,00', ',100', '99999999999999999999'])('refuses %j', text => {
    expect(parseMilestones(['1000', text])).toEqual({
      index: 1,
      problem: `“${text}” is not a whole number of steps from 1 up.`,
    });
  });

  test('refuses a step that is there twice, however it is written', () => {
    expect(parseMilestones(['4000', '1000', '4,000'])).toEqual({
      index: 2,
      problem: '4,000 is there twice.',
    });
  });

  test('asks for what is missing', () => {
    expect(parseMilestones(['1000', ' '])).toMatchObject({ index: 1 });
    expect(parseMilestones([])).toMatchObject({ index: -1 });
  });

  test('takes six and no more', () => {
    const texts = ['1', '2', '3', '4', '5', '6'];
    expect(parseMilestones(texts)).toEqual({ steps: [1, 2, 3, 4, 5, 6] });
    expect(parseMilestones([...texts, '7'])).toMatchObject({ index: -1 });
  });
});
