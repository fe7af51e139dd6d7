import { findOrInstallBrowser, plainFlags } from '../scripts/find-browser.ts';
import { expect, test } from './playground.ts';

test.use({
  launchOptions: {
    executablePath: findOrInstallBrowser(),
    args: [...plainFlags, '--enable-unsafe-webgpu', '--disable-gpu', '--disable-software-rasterizer'],
  },
});

test('in a browser without an adapter, trains on the CPU and says why', async ({ playground }) => {
  await playground.open('?engine=gpu');
  await expect(playground.notice('No GPU was found')).toBeVisible();
  await expect(playground.engine).toHaveAccessibleName(/CPU/);
  await expect.poll(() => playground.step()).toBeGreaterThan(0);
});
