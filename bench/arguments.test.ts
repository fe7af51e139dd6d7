import { expect, test } from 'vitest';
import { parseBenchArguments, sections } from './arguments.ts';

test('everything is measured unless parts are named', () => {
  expect(parseBenchArguments([])).toEqual({ only: [...sections], quick: false, render: false });
  expect(parseBenchArguments(['--only', 'page', '--only', 'peers', '--quick'])).toEqual({
    only: ['page', 'peers'],
    quick: true,
    render: false,
  });
});

test('what is not there is refused with what there is', () => {
  expect(() => parseBenchArguments(['--only', 'all'])).toThrow(/no part "all"; there are engines/);
  expect(() => parseBenchArguments(['--fast'])).toThrow(/--help/);
});
