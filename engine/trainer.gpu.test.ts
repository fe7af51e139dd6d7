import { describe, expect, it } from 'vitest';
import { openGpu } from '#gpu';
import type { Settings } from './model/config.ts';
import { defaultPreset } from './model/presets.ts';
import { Trainer } from './trainer.ts';

const settings: Settings = {
  network: {
    ...defaultPreset.settings.network,
    encoder: [16, 16],
    columns: 32,
    decoder: [16],
    optimizer: 'adam',
  },
  signal: { wave: 'twoSines', period: 23.7, amplitude: 0.9, noise: 0.05 },
  seed: 5,
};

describe('Trainer on the GPU', () => {
  it('goes on bit for bit from a file, however the steps are cut', async () => {
    const options = { engine: 'gpu', gpu: await openGpu() } as const;
    const whole = await Trainer.create(settings, options);
    await whole.run(150);
    const first = await Trainer.create(settings, options);
    await first.run(20);
    await first.run(47);
    const rest = await Trainer.restore(await first.save(), options);
    await rest.run(83);
    expect(await rest.save()).toEqual(await whole.save());
    for (const trainer of [whole, first, rest]) trainer.dispose();
  });

  it('prefers the CPU to a software adapter unless asked', async () => {
    const gpu = await openGpu();
    const adapter = await gpu.requestAdapter();
    const trainer = await Trainer.create(settings, { gpu });
    const software =
      adapter?.info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(adapter?.info.device ?? '');
    expect(trainer.choice.engine).toBe(software ? 'cpu' : 'gpu');
    trainer.dispose();
  });
});
