import { afterEach, expect, it, vi } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { statesKept } from './reach.ts';

afterEach(() => vi.unstubAllGlobals());

it('keeps as many states as there is memory for, and none where they are too few', () => {
  const { network } = defaultPreset.settings;
  const wide = { ...network, columns: 1024 };
  expect(statesKept(network)).toBe(8);
  expect(statesKept(wide)).toBe(0);
  vi.stubGlobal('navigator', { deviceMemory: 8 });
  expect(statesKept(wide)).toBe(4);
  expect(statesKept({ ...network, columns: 4096 })).toBe(0);
  vi.stubGlobal('navigator', { deviceMemory: 4 });
  expect(statesKept(wide)).toBe(0);
});
