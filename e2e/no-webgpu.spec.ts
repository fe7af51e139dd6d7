import { expect, test } from './playground.ts';

test('in a browser without WebGPU, trains on the CPU and says why', async ({ playground, page }) => {
  // No flag takes WebGPU out of Chromium's workers, so the worker's script begins by taking it away.
  await page.context().route('**/training.worker-*.js', async route => {
    const script = await (await route.fetch()).text();
    const without = "Object.defineProperty(WorkerNavigator.prototype, 'gpu', { value: undefined });\n";
    await route.fulfill({ body: without + script, contentType: 'text/javascript' });
  });
  await playground.open('?engine=gpu');
  await expect(playground.notice('This browser has no WebGPU')).toBeVisible();
  await expect(playground.engine).toHaveAccessibleName(/CPU/);
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
});
