import { describe, expect, it, test } from 'vitest';
import { parseSettings } from './config.ts';
import { defaultPreset, presets } from './presets.ts';

describe('presets', () => {
  test.each(presets.map(p => [p.name, p] as const))(
    '%s has settings that are accepted as they stand',
    (_, p) => {
      expect(parseSettings(p.settings)).toEqual(p.settings);
    },
  );

  it('begin with the sine, as the network is described', () => {
    expect(defaultPreset).toBe(presets[0]);
    expect(defaultPreset.name).toBe('sine');
    expect(defaultPreset.settings).toMatchObject({
      network: {
        inputs: 1,
        encoder: [256, 256],
        columns: 256,
        winners: 5,
        cellsPerColumn: 5,
        decoder: [256],
        winnerActivation: 'linear',
        readout: 'predictive',
      },
      signal: { wave: 'sine', period: 50, amplitude: 1, noise: 0 },
    });
  });

  it('differ in name, label and settings', () => {
    for (const of of [
      (p: (typeof presets)[number]) => p.name,
      (p: (typeof presets)[number]) => p.label,
      (p: (typeof presets)[number]) => JSON.stringify(p.settings),
    ])
      expect(new Set(presets.map(of)).size).toBe(presets.length);
  });

  it('have names that a command line and an address take as they are', () => {
    for (const { name } of presets) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });
});
