import { expect, it } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { liveParameters } from '../../engine/model/settings.ts';
import { areTooLarge, pauseAfterCopying } from './sweep-keeping.ts';

it('copies networks so often that two seconds are lost, and less often where it takes long', () => {
  expect(pauseAfterCopying(1)).toBe(1500);
  expect(pauseAfterCopying(75)).toBe(1500);
  expect(pauseAfterCopying(200)).toBe(4000);
});

it('keeps as many networks of the default preset as a sweep can have, and none that a page has no room for', () => {
  const { settings } = defaultPreset;
  const members = Array(64).fill({ seed: 1, live: liveParameters(settings.network) });
  expect(areTooLarge({ settings, members })).toBe(false);
  const network = { ...settings.network, columns: 2 * settings.network.columns };
  expect(areTooLarge({ settings: { ...settings, network }, members })).toBe(true);
});
