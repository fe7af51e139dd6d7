import { describe, expect, it } from 'vitest';
import { initialState } from './initialise.ts';
import { defaultPreset } from './presets.ts';
import { elementCount, learnedTensors, savedTensors } from './tensors.ts';

const config = defaultPreset.settings.network;

// Bytes, for comparing millions of numbers at once.
const bytes = (values: Float32Array | undefined): Buffer => Buffer.from(values!.buffer);

describe('initialState', () => {
  const { tensors, clock } = initialState(config, 1);

  it('has every tensor that a file holds, in its size', () => {
    const sizes = [...tensors].map(([name, values]) => [name, values.length]);
    expect(sizes).toEqual(savedTensors(config).map(t => [t.name, elementCount(t.shape)]));
  });

  it('draws weights with the mean and the variance that each tensor asks for', () => {
    for (const { name, initialMean, initialVariance } of learnedTensors(config)) {
      const values = tensors.get(name)!;
      if (initialVariance === 0) {
        expect(values.every(w => w === Math.fround(initialMean))).toBe(true);
        continue;
      }
      const mean = values.reduce((sum, w) => sum + w - initialMean, 0) / values.length;
      const variance = values.reduce((sum, w) => sum + (w - initialMean) ** 2, 0) / values.length;
      // Five standard errors of a Gaussian sample's mean and variance.
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(initialVariance / values.length));
      expect(Math.abs(variance / initialVariance - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length));
    }
  });

  it('starts at step 0 without memory, every column with its share of duty', () => {
    expect(clock).toEqual({ step: 0, updates: 0, correction1: 0, correction2: 0 });
    for (const name of ['state.predictive', 'state.active', 'pooler.mean', 'pooler.variance'])
      expect(tensors.get(name)!.every(x => x === 0)).toBe(true);
    expect(tensors.get('pooler.duty')!.every(x => x === Math.fround(5 / 256))).toBe(true);
  });

  it('repeats for the same seed and differs for another, in every tensor that is drawn', () => {
    const same = initialState(config, 1).tensors;
    const other = initialState(config, 2).tensors;
    for (const { name, initialVariance } of learnedTensors(config)) {
      const drawn = bytes(tensors.get(name));
      expect(bytes(same.get(name)).equals(drawn)).toBe(true);
      expect(bytes(other.get(name)).equals(drawn)).toBe(initialVariance === 0);
    }
  });

  it('draws a tensor alike whatever else the network has', () => {
    const longer = initialState({ ...config, decoder: [256, 8], optimizer: 'adam' }, 1).tensors;
    expect(bytes(longer.get('memory.weight')).equals(bytes(tensors.get('memory.weight')))).toBe(true);
    expect(longer.get('optimizer.v.memory.weight')!.every(x => x === 0)).toBe(true);
  });
});
