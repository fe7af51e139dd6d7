import { expect, it } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import type { StepRecords } from '../../engine/network.ts';
import { Tail } from './tail.ts';

const config = { ...defaultPreset.settings.network, inputs: 2, winners: 3 };

/** Steps whose every value tells its step and its place in it. */
function batch(firstStep: number, count: number): StepRecords {
  const value = (width: number) => (_: unknown, i: number) =>
    10 * (firstStep + Math.floor(i / width)) + (i % width);
  const floats = (width: number) => Float32Array.from({ length: count * width }, value(width));
  const whole = (width: number) => Uint32Array.from({ length: count * width }, value(width));
  return {
    firstStep,
    count,
    input: floats(2),
    target: floats(2),
    prediction: floats(2),
    loss: floats(1),
    bursting: whole(1),
    winners: whole(3),
  };
}

it('joins batches into one', () => {
  const tail = new Tail(config);
  tail.add(batch(7, 2));
  tail.add(batch(9, 1));
  tail.add(batch(10, 4));
  expect(tail.take()).toEqual(batch(7, 7));
});

it('starts afresh once taken', () => {
  const tail = new Tail(config);
  expect(tail.take()).toBeNull();
  tail.add(batch(0, 5));
  tail.take();
  expect(tail.take()).toBeNull();
  tail.add(batch(5, 5));
  expect(tail.take()).toEqual(batch(5, 5));
});

it.each([[[3000]], [[1000, 1000, 1000]], [[1, 1023, 1024]], [[2048, 1, 951]]])(
  'keeps the last 1,024 steps of batches of %j',
  sizes => {
    const tail = new Tail(config);
    let step = 0;
    for (const size of sizes) {
      tail.add(batch(step, size));
      step += size;
    }
    expect(tail.take()).toEqual(batch(step - 1024, 1024));
  },
);
