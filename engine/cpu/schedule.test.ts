import { expect, test } from 'vitest';
import { plainNetwork } from '../../test/plain-network.ts';
import { liveParameters } from '../model/settings.ts';
import { scheduledRate } from './schedule.ts';

const plain = {
  ...liveParameters(plainNetwork),
  learningRate: 0.8,
  finalRate: 0.25,
  decay: 0,
  warmup: 0,
};

test.each([
  ['stays without a decay', {}, 1e6, 0.8],
  ['rises over the warm-up', { warmup: 200 }, 50, 0.2],
  ['stays after the warm-up', { warmup: 200 }, 201, 0.8],
  ['has gone half of its way after the decay', { decay: 1000 }, 1000, 0.8 * 0.625],
  ['ends at its final share', { decay: 1000 }, 1e9, 0.2],
  ['falls to nothing where no share is left', { decay: 1000, finalRate: 0 }, 3000, 0.2],
  ['rises and falls at once', { decay: 100, warmup: 200 }, 100, 0.5 * 0.8 * 0.625],
])('the rate %s', (_, changes, t, expected) => {
  expect(scheduledRate({ ...plain, ...changes }, t)).toBeCloseTo(expected, 5);
});
