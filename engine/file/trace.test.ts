import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StepRecords } from '../network.ts';
import { float32Text, TRACE_HEADER, traceLines } from './trace.ts';

const records = (over: Partial<StepRecords> = {}): StepRecords => ({
  firstStep: 0,
  count: 2,
  input: new Float32Array([0, 0.1]),
  target: new Float32Array([0.1, 0.2]),
  prediction: new Float32Array([-0.5, 1e-7]),
  loss: new Float32Array([0.36, 0.04]),
  bursting: new Uint32Array([3, 0]),
  winners: new Uint32Array([9, 4, 7, 1, 0, 2]),
  ...over,
});

describe('traceLines', () => {
  it('writes a line for each step, numbered by steps done', () => {
    expect(TRACE_HEADER + traceLines(records())).toBe(
      'step,input,target,prediction,loss,bursting,winners\n' +
        '1,0,0.1,-0.5,0.36,3,9 4 7\n' +
        '2,0.1,0.2,1e-7,0.04,0,1 0 2\n',
    );
  });

  it('numbers a later batch from where it begins', () => {
    expect(traceLines(records({ firstStep: 1000 }))).toMatch(/^1001,.*\n1002,.*\n$/);
  });

  it('separates the values of several inputs by spaces', () => {
    const lines = traceLines(
      records({
        count: 1,
        input: new Float32Array([1, 2]),
        target: new Float32Array([3, 4]),
        prediction: new Float32Array([5, 6]),
        loss: new Float32Array([4]),
        bursting: new Uint32Array([1]),
        winners: new Uint32Array([8]),
      }),
    );
    expect(lines).toBe('1,1 2,3 4,5 6,4,1,8\n');
  });

  it('writes nothing for an empty batch', () => {
    const none = new Float32Array(0);
    const empty = records({ count: 0, input: none, target: none, prediction: none, loss: none });
    expect(traceLines(empty)).toBe('');
  });
});

describe('float32Text', () => {
  it('reads back as the same number', () => {
    fc.assert(
      fc.property(fc.float(), value => {
        // Adding 0 turns -0, whose sign is not kept, into 0.
        expect(Math.fround(Number(float32Text(value)))).toBe(value + 0);
      }),
      {
        numRuns: 5000,
      },
    );
  });

  it('has no digit too many', () => {
    fc.assert(
      fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), value => {
        const digits = float32Text(value)
          .replace(/e.*/, '')
          .replace(/\D/g, '')
          .replace(/^0+|0+$/g, '').length;
        for (let fewer = 1; fewer < digits; fewer++)
          expect(Math.fround(Number(value.toPrecision(fewer)))).not.toBe(value);
      }),
      { numRuns: 5000 },
    );
  });

  it.each([
    [Math.fround(0.1), '0.1'],
    [1, '1'],
    [2 ** -149, '1e-45'],
    [Math.fround(3.4028235e38), '3.4028235e+38'],
    [Number.NaN, 'NaN'],
    [Number.NEGATIVE_INFINITY, '-Infinity'],
  ])('writes %d as %s', (value, text) => {
    expect(float32Text(value)).toBe(text);
  });
});
