import { expect, test } from 'vitest';
import { pack, unpack } from './packed.ts';

const bitsOf = (values: Float32Array) => [...new Uint32Array(values.buffer)];

test.each([
  ['empty', []],
  ['dense', [1, -2, 0.1, 3e-42, Number.POSITIVE_INFINITY, 0]],
  ['sparse', [0, 0, 0, -0, 0, 1e-45, 0, 0, Number.NaN, 0]],
  ['silent', [0, 0, 0]],
])('gives a vector back to the last bit: %s', (_, numbers) => {
  const values = Float32Array.from(numbers);
  expect(bitsOf(unpack(pack(values)))).toEqual(bitsOf(values));
});

test('takes less room where most is zero', () => {
  const values = new Float32Array(70_000);
  values[69_999] = 1;
  const packed = pack(values);
  expect(packed.values.length).toBe(1);
  expect(unpack(packed)).toEqual(values);
});
