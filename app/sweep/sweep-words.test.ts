import { expect, test } from 'vitest';
import { lostInWords } from './sweep-words.ts';

const on = (engine: 'gpu' | 'cpu') => ({ engine }) as Parameters<typeof lostInWords>[1];

test('a lost GPU is told of: what becomes of the sweep, and where it goes on', () => {
  const under = { step: 1234, again: true };
  expect(lostInWords(under, null)).toBe(
    'The GPU went away at step 1,234. The networks are made again, to start from step 0 …',
  );
  expect(lostInWords(under, on('gpu'))).toMatch(/started again from step 0, on the GPU\.$/);
  expect(lostInWords(under, on('cpu'))).toMatch(/started again from step 0, on the CPU\.$/);
  expect(lostInWords({ step: 3000, again: false }, on('gpu'))).toMatch(/^The GPU went away after the sweep/);
});
