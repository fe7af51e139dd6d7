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
    expect(defaultPreset.settings).toEqual({
      network: {
        inputs: 1,
        encoder: [256, 256],
        columns: 256,
        winners: 5,
        cellsPerColumn: 5,
        decoder: [256],
        homeostasis: 'normalise',
        homeostasisRate: 0.0003,
        boostStrength: 0,
        conscience: 0.128,
        dutyRate: 0.0003,
        winnerActivation: 'linear',
        readout: 'predictive',
        prediction: 'change',
        unroll: 2,
        errorClip: 0,
        optimizer: 'normalised',
        learningRate: 0.7,
        finalRate: 0.8,
        decay: 5000,
        encoderRate: 1e-4,
        memoryRate: 7,
        biasRate: 0.1,
        warmup: 0,
        inputNoise: 0.007,
        finalInputNoise: 0.0009,
        inputNoiseSteps: 9000,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
      },
      signal: { wave: 'sine', period: 50, amplitude: 1, noise: 0, endings: 'plain' },
      seed: 1,
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
