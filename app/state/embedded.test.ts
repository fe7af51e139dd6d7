import { expect, it } from 'vitest';
import { embedPartOf } from './embedded.ts';

it('reads what an embedded page shows', () => {
  expect(embedPartOf('', 400)).toBeNull();
  expect(embedPartOf('?preset=sine', 400)).toBeNull();
  expect(embedPartOf('?embed', 800)).toBe('network');
  expect(embedPartOf('?embed', 400)).toBe('strip');
  expect(embedPartOf('?embed=network', 400)).toBe('network');
  expect(embedPartOf('?engine=cpu&embed=strip&preset=two-sines', 800)).toBe('strip');
  expect(embedPartOf('?embed=error', 400)).toBe('error');
  expect(embedPartOf('?embed=everything', 800)).toBe('network');
});
