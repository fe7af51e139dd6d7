import { describe, expect, it } from 'vitest';
import { openGpu } from '#gpu';
import { smallRun as settings } from '../test/small-run.ts';
import { Trainer } from './trainer.ts';

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
