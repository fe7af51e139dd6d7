import { expect, test } from 'vitest';
import { lostInWords } from './sweep-words.ts';

const on = (engine: 'gpu' | 'cpu') => ({ engine }) as Parameters<typeof lostInWords>[1];

test('a lost GPU is told of: what becomes of the sweep, and where it goes on', () => {
  const under = { step: 1234, from: 1100, again: true };
  expect(lostInWords(under, null)).toBe(
    'The GPU went away at step 1,234. The networks are made again, to go on from step 1,100 …',
  );
  expect(lostInWords(under, on('gpu'))).toMatch(/ The sweep went on from step 1,100, on the GPU\.$/);
  expect(lostInWords(under, on('cpu'))).toMatch(/ on the CPU\.$/);
  expect(lostInWords({ ...under, from: 0 }, on('gpu'))).toMatch(/went on from step 0, on the GPU\.$/);
  expect(lostInWords({ ...under, from: null }, on('gpu'))).toMatch(/from step 0, .* not kept in memory/);
  const after = { step: 3000, from: 3000, again: false };
  expect(lostInWords(after, on('gpu'))).toMatch(/^The GPU went away after the sweep.* still be adopted/);
  expect(lostInWords({ ...after, from: 2900 }, on('gpu'))).toMatch(
    /at step 3,000, .* as they were at step 2,900\.$/,
  );
  expect(lostInWords({ ...after, from: null }, on('gpu'))).toMatch(/start the sweep again/);
});
