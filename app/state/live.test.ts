import { expect, test } from 'vitest';
import type { StepRecords } from '../../engine/network.ts';
import { LiveSteps, liveCapacity, ringCapacity } from './live.ts';

function records(firstStep: number, count: number, inputs: number): StepRecords {
  const rows = (sign: number) =>
    Float32Array.from({ length: count * inputs }, (_, i) => sign * (firstStep * inputs + i));
  return {
    firstStep,
    count,
    input: rows(1),
    target: rows(1),
    prediction: rows(-1),
    loss: new Float32Array(count),
    bursting: new Uint32Array(count),
    winners: new Uint32Array(count),
  };
}

test.each([1, 6])('holds all %d channels of the last steps, the first of them also by itself', inputs => {
  const steps = new LiveSteps();
  steps.clear(0, 1);
  const end = liveCapacity + 300;
  for (let step = 0; step < end; step += 100) steps.push(records(step, Math.min(100, end - step), inputs));
  expect([steps.first, steps.end]).toEqual([300, end]);
  for (let step = steps.first; step < steps.end; step++) {
    const slot = steps.at(step);
    expect(steps.target[slot]).toBe(step * inputs);
    expect(steps.prediction[slot]).toBe(-step * inputs);
    for (let channel = 0; channel < inputs; channel++) {
      expect(steps.targetRows[slot * inputs + channel]).toBe(step * inputs + channel);
      expect(steps.predictionRows[slot * inputs + channel]).toBe(-(step * inputs + channel));
    }
  }
});

test('a run of another number of channels starts afresh', () => {
  const steps = new LiveSteps();
  steps.clear(0, 1);
  steps.push(records(0, 10, 6));
  steps.clear(0, 1);
  steps.push(records(0, 2, 1));
  expect(steps.targetRows).toHaveLength(ringCapacity);
  expect([...steps.targetRows.subarray(0, 2)]).toEqual([0, 1]);
});

test('shows the steps as they were at an earlier one, while it stands and after the run has gone on', () => {
  const steps = new LiveSteps();
  steps.clear(0, 1);
  for (let step = 0; step < 2500; step += 100) steps.push(records(step, 100, 1));
  expect([steps.held, steps.first, steps.end]).toEqual([2500 - ringCapacity, 2500 - liveCapacity, 2500]);
  const [past, kept] = [steps.upTo(1700), steps.upTo(700, 'own')];
  expect([past.first, past.end, past.target[past.at(1699)]]).toEqual([1700 - liveCapacity, 1700, 1699]);
  expect([kept.first, kept.end]).toEqual([2500 - ringCapacity, 700]);
  for (let step = 2500; step < 6000; step += 100) steps.push(records(step, 100, 1));
  expect(kept.target[kept.at(699)]).toBe(699);
});
