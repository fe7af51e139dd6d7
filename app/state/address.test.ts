import { expect, it } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { readAddress } from './address.ts';

it('asks for the default where the address says nothing', () => {
  expect(readAddress('')).toEqual({ engine: 'auto', preset: defaultPreset, problems: [] });
  expect(readAddress('?other=1')).toEqual({ engine: 'auto', preset: defaultPreset, problems: [] });
});

it('reads the engine and the preset', () => {
  const { engine, preset, problems } = readAddress('?preset=two-sines&engine=cpu');
  expect([engine, preset.name, problems]).toEqual(['cpu', 'two-sines', []]);
});

it('ignores what does not exist, and tells what does', () => {
  const { engine, preset, problems } = readAddress('?engine=tpu&preset=constructor');
  expect(engine).toBe('auto');
  expect(preset).toBe(defaultPreset);
  expect(problems.map(p => [p.parameter, p.value])).toEqual([
    ['engine', 'tpu'],
    ['preset', 'constructor'],
  ]);
  expect(problems[0]!.allowed).toEqual(['auto', 'gpu', 'cpu']);
  expect(problems[1]!.allowed).toContain('sine');
});
