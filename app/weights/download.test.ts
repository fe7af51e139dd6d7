import { expect, it } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { fileName } from './download.ts';

it('names a file after its signal and its step', () => {
  const { settings } = defaultPreset;
  expect(fileName(settings, 10000, 'safetensors')).toBe('deephtm-sine-10000.safetensors');
  const twoSines = { ...settings, signal: { ...settings.signal, wave: 'twoSines' as const } };
  expect(fileName(twoSines, 0, 'onnx')).toBe('deephtm-two-sines-0.onnx');
});
