import { beforeEach, expect, test } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import type { StepRecords } from '../../engine/network.ts';
import { live } from '../state/live.ts';
import type { Frame } from '../worker/protocol.ts';
import { NetworkMoment } from './moment.ts';

const config = { ...defaultPreset.settings.network, columns: 2, winners: 1, cellsPerColumn: 1 };

const frameOf = (step: number): Frame => ({
  step,
  tensors: new Map([
    ['activity.winners', Float32Array.of(1)],
    ['previous.predictive', new Float32Array(2)],
  ]),
  column: null,
});

const recordOf = (firstStep: number, target: number): StepRecords => ({
  firstStep,
  count: 1,
  input: Float32Array.of(0),
  target: Float32Array.of(target),
  prediction: Float32Array.of(0),
  loss: Float32Array.of(0),
  bursting: Uint32Array.of(0),
  winners: Uint32Array.of(1),
});

beforeEach(() => {
  live.frame = null;
  live.steps.clear(0, 1);
});

test('shows a frame together with what really came at its step', () => {
  const moment = new NetworkMoment();
  live.steps.push(recordOf(0, 0.1));
  live.steps.push(recordOf(1, 0.2));
  live.frame = frameOf(1);
  expect(moment.update(config)).toMatchObject({ frame: live.frame, actual: live.steps.target[0] });
});

test('holds the frame before until the record of the new one has come', () => {
  const moment = new NetworkMoment();
  live.steps.push(recordOf(0, 0.1));
  const first = frameOf(1);
  live.frame = first;
  moment.update(config);
  live.frame = frameOf(2);
  expect(moment.update(config).frame).toBe(first);
  live.steps.push(recordOf(1, 0.2));
  expect(moment.update(config)).toMatchObject({ frame: live.frame, actual: live.steps.target[1] });
});

test('does not know what came at a step whose record is gone', () => {
  const moment = new NetworkMoment();
  live.steps.clear(500, 1);
  live.frame = frameOf(500);
  expect(moment.update(config)).toMatchObject({ frame: live.frame, actual: null });
});

test('shows nothing of a network that is no more', () => {
  const moment = new NetworkMoment();
  live.steps.push(recordOf(0, 0.1));
  live.frame = frameOf(1);
  moment.update(config);
  expect(moment.update({ ...config, columns: 3 })).toMatchObject({ frame: null, activity: null });
  live.frame = null;
  expect(moment.update(config)).toMatchObject({ frame: null, actual: null });
});
