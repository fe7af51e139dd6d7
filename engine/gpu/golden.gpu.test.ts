import { expect, test } from 'vitest';
import { compareGolden, parseGoldenCase } from '../../golden/compare.ts';
import { gpuNetwork } from '../../test/networks.ts';

const cases = import.meta.glob('../../golden/cases/*.json', {
  eager: true,
  query: '?raw',
  import: 'default',
});

test('all golden cases are here', () => {
  expect(Object.keys(cases)).toHaveLength(11);
});

test.each(Object.entries(cases))('%s', async (_, text) => {
  const report = await compareGolden(parseGoldenCase(text as string), gpuNetwork);
  expect(report).toMatchObject({ passed: true, winners: [], bursting: [] });
});
