import { expect, test } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { frameTensors } from '../worker/observation.ts';
import { type PhaseName, phases, tensorsDuring } from './phases.ts';

const { network } = defaultPreset.settings;
const marked = (value: number) => new Map(frameTensors(network).map(name => [name, Float32Array.of(value)]));

/** The tensors that have their new value in a phase. */
const newIn = (phase: PhaseName): string[] =>
  [...tensorsDuring(phase, marked(0), marked(1))]
    .filter(([, values]) => values[0] === 1)
    .map(([name]) => name);

test('what a phase has computed stays, and nothing comes before its time', () => {
  const seen = phases.map(({ name }) => newIn(name));
  for (const [i, names] of seen.entries()) expect(names).toEqual(expect.arrayContaining(seen[i - 1] ?? []));
  expect(seen[0]).toEqual(['activity.input', 'activity.encoder.0', 'activity.encoder.1']);
  expect(seen[1]).not.toContain('activity.winners');
  expect(seen[2]).toContain('activity.winners');
  expect(seen[2]).not.toContain('state.predictive');
  expect(seen[3]).not.toContain('activity.prediction');
});

test('after the decoder all is computed', () => {
  for (const phase of ['decode', 'backward', 'update'] as const)
    expect(newIn(phase).sort()).toEqual(frameTensors(network).sort());
});

test('shows the step itself where there is none before', () => {
  expect([...tensorsDuring('encode', new Map(), marked(1)).values()].every(v => v[0] === 1)).toBe(true);
});
