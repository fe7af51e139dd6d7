import { expect, it } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { weightsFileName } from './download.ts';

it('names a file after its signal and its step', () => {
  const { settings } = defaultPreset;
  expect(weightsFileName(settings, 10000)).toBe('deephtm-sine-10000.safetensors');
  const twoSines = { ...settings, signal: { ...settings.signal, wave: 'twoSines' as const } };
  expect(weightsFileName(twoSines, 0)).toBe('deephtm-two-sines-0.safetensors');
});
