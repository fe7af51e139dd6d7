import { expect, test } from 'vitest';
import { goalsOf } from './goals.ts';
import type { Row } from './race.ts';

const row = (id: string, engine: string, stepsPerSecond: number, more: Partial<Row> = {}): Row => {
  const [, size, readout, optimizer] = id.split('/') as [string, string, string, string];
  return {
    id,
    engine,
    driver: null,
    adapter: 'CPU',
    hardware: false,
    size,
    readout,
    optimizer,
    preset: null,
    networks: 1,
    stepsPerSecond,
    ratio: stepsPerSecond / 20_000,
    spread: 0,
    bandwidthShare: null,
    learning: null,
    problem: null,
    ...more,
  };
};
const rows = [
  row('native/256x5/predictive/sgd', 'native C', 20_000),
  row('cpu/256x5/predictive/sgd', 'CPU engine', 12_000),
  row('cpu/1024x5/predictive/sgd', 'CPU engine', 2_000),
  row('browser/256x5/predictive/sgd', 'engine of the page, in a worker', 10_000),
  row('tfjs-autograd-wasm/256x5/predictive/sgd', 'tfjs, autograd', 40, { driver: 'wasm' }),
  row('tfjs-autograd-webgl/256x5/predictive/sgd', 'tfjs, autograd', 200, { driver: 'webgl' }),
  row('gpu-stream/256x5/predictive/sgd', 'GPU engine', 500, { driver: 'stream' }),
  row('gpu-loop/256x5/predictive/sgd', 'GPU engine', 1_000, { driver: 'loop' }),
];
const goal = (start: string, of = goalsOf(rows, [], rows)) => of.find(({ goal }) => goal.startsWith(start))!;

test('peers count by their best backend', () => {
  expect(goal("The page's engine is at least 100 times as fast as tfjs")).toMatchObject({
    measured: '50 times (webgl)',
    state: 'not met',
  });
  expect(goal("The page's engine is at least 100 times as fast as jax-js")).toMatchObject({
    measured: null,
    state: 'open',
  });
});

test('a software adapter counts by its best driver, scaled to the native C that the goal was set beside', () => {
  expect(goal('WGSL on SwiftShader, predictive')).toMatchObject({ measured: '1,075', state: 'met' });
  expect(goal('WGSL on SwiftShader, active').state).toBe('open');
});

test('four times the columns are compared by the time of a step', () => {
  expect(goal('A step with 4 times')).toMatchObject({ measured: '6 times', state: 'not met' });
});

test('goals of a real GPU are met by real GPUs alone', () => {
  expect(goal('One network, predictive').state).toBe('open');
  const hardware = [
    row('gpu-loop/256x5/predictive/sgd', 'GPU engine', 31_000, { hardware: true, adapter: 'G' }),
  ];
  expect(goal('One network, predictive', goalsOf(rows, [], hardware))).toMatchObject({
    measured: '31,000 (G)',
    state: 'met',
  });
});

test('figures of the page decide its goals', () => {
  const figure = (id: string, value: number) => ({
    id,
    name: id,
    value,
    unit: 'ratio' as const,
    relative: null,
    hardware: false,
  });
  const judged = goalsOf(rows, [figure('page/speed', 0.93), figure('page/long-tasks', 2)], []);
  expect(goal('Training in the page', judged)).toMatchObject({ measured: '7%', state: 'met' });
  expect(goal('No main-thread task', judged)).toMatchObject({ measured: '2', state: 'not met' });
});
