import { expect, it } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { fileStem } from './download.ts';

it('names files after its signal and its step', () => {
  const { settings } = defaultPreset;
  expect(fileStem(settings, 10000)).toBe('deephtm-sine-10000');
  const twoSines = { ...settings, signal: { ...settings.signal, wave: 'twoSines' as const } };
  expect(fileStem(twoSines, 0)).toBe('deephtm-two-sines-0');
});
