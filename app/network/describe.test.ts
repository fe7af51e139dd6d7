import { expect, test } from 'vitest';
import { formatValue } from './describe.ts';

test.each([
  [0.5877, '0.59'],
  [-0.001, '0.00'],
  [-0.588, '−0.59'],
  [-9999.5, '−9,999.50'],
  [14_396_717, '1.44×10⁷'],
  [-2.5e30, '−2.50×10³⁰'],
])('a value of %d reads %s, so that it fits beside its name', (value, text) => {
  expect(formatValue(value)).toBe(text);
});
