import { describe, expect, it } from 'vitest';
import { OutOfMemoryError } from '../errors.ts';
import { Trainer } from '../trainer.ts';
import { defaultPreset } from './presets.ts';
import { requireRoom, savedBytes, withRoom } from './room.ts';

const { settings } = defaultPreset;
const config = { ...settings.network, optimizer: 'adam' as const };

describe('a network that is too large', () => {
  it('is refused with its size, what there is, and what to lower', () => {
    const bytes = savedBytes(config);
    // Nearly all of it is the memory's weights, and Adam's two numbers for each.
    expect(bytes).toBeGreaterThan(3 * 4 * (config.columns * config.cellsPerColumn) ** 2);
    expect(() => requireRoom(config, bytes)).not.toThrow();
    expect(() => requireRoom(config, bytes - 1)).toThrow(OutOfMemoryError);
    expect(() => requireRoom(config, 2 ** 20)).toThrow(
      new RegExp(
        `${Math.ceil(bytes / 2 ** 20)} MiB of numbers.*room for 1 MiB.*Lower the columns.*SGD needs less room than adam`,
      ),
    );
  });

  it('is refused before any of it is made', async () => {
    const largest = { ...settings, network: { ...settings.network, columns: 2048, cellsPerColumn: 16 } };
    const refused = Trainer.create(largest, { engine: 'cpu', room: 2 ** 30 });
    await expect(refused).rejects.toThrow(OutOfMemoryError);
  });

  it('says its size where an array cannot be had; other failures stay what they are', () => {
    expect(() => withRoom(config, () => new Float32Array(2 ** 52))).toThrow(OutOfMemoryError);
    expect(() => withRoom(config, () => new Float32Array(2 ** 52))).toThrow(
      /[1-9]\d* MiB.*Lower the columns/,
    );
    const defect = () => {
      throw new TypeError('a defect');
    };
    expect(() => withRoom(config, defect)).toThrow(TypeError);
    expect(withRoom(config, () => 7)).toBe(7);
  });
});
