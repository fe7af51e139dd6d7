import { describe, expect, test } from 'vitest';
import { LiveSteps, liveCapacity } from '../state/live.ts';
import { dreamStart } from './dream.ts';

/** Steps of a sine, each prediction slightly off; from step `dreamsFrom` on, inputs are the predictions. */
function pushSteps(steps: LiveSteps, from: number, to: number, dreamsFrom: number): void {
  const wave = (t: number) => Math.fround(Math.sin(t / 8));
  const prediction = (t: number) => Math.fround(wave(t + 1) + 0.01);
  const at = Array.from({ length: to - from }, (_, i) => from + i);
  steps.push({
    firstStep: from,
    count: to - from,
    input: Float32Array.from(at, t => (t >= dreamsFrom && t > 0 ? prediction(t - 1) : wave(t))),
    target: Float32Array.from(at, t => wave(t + 1)),
    prediction: Float32Array.from(at, prediction),
    loss: new Float32Array(at.length),
    bursting: new Uint32Array(at.length),
    winners: new Uint32Array(at.length),
  });
}

function stepsOf(from: number, to: number, dreamsFrom: number): LiveSteps {
  const steps = new LiveSteps();
  steps.clear(from, 1);
  pushSteps(steps, from, to, dreamsFrom);
  return steps;
}

describe('dreamStart', () => {
  test('is the number of steps done when inputs began to be predictions', () => {
    expect(dreamStart(stepsOf(0, 300, 120))).toBe(120);
    expect(dreamStart(stepsOf(0, 300, 299))).toBe(299);
  });

  test('is unknown while inputs come from the signal', () => {
    expect(dreamStart(stepsOf(0, 300, 1000))).toBeNull();
    expect(dreamStart(stepsOf(0, 0, 0))).toBeNull();
    expect(dreamStart(stepsOf(0, 1, 0))).toBeNull();
  });

  test('is unknown where the change is no longer held', () => {
    const steps = stepsOf(0, 600, 100);
    pushSteps(steps, 600, liveCapacity + 500, 100);
    expect(dreamStart(steps)).toBeNull();
  });
});
