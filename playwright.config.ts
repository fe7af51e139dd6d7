import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { browserFlags, findOrInstallBrowser, plainFlags } from './scripts/find-browser.ts';

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

// Workers read this file again and must come to the same port.
process.env.E2E_PORT ??= String(await freePort());
const baseURL = `http://localhost:${process.env.E2E_PORT}`;

const executablePath = findOrInstallBrowser();

/** Where the real WebGPU engine has to run, on a software adapter, or is to be found missing. */
const aboutTheGpu = /(appearance|engine-states|learning|no-adapter|no-webgpu)\.spec\.ts$/;

/** The built page in a real browser. */
export default defineConfig({
  testDir: 'e2e',
  // One set of pictures for every system.
  snapshotPathTemplate: '{testDir}/{testFileName}-snapshots/{arg}{ext}',
  // One leaves a core idle where a page is waited for.
  workers: 2,
  retries: 0,
  forbidOnly: process.env.CI !== undefined,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL,
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    // Recording makes the tests a fifth slower: `npm run test:e2e -- --trace retain-on-failure` does it.
    trace: 'off',
  },
  projects: [
    {
      name: 'software GPU',
      testMatch: aboutTheGpu,
      use: { launchOptions: { executablePath, args: [...browserFlags] } },
    },
    {
      // Drawing by an imitated GPU takes a third of these tests' time.
      name: 'no GPU',
      testIgnore: aboutTheGpu,
      use: { launchOptions: { executablePath, args: [...plainFlags, '--disable-gpu'] } },
    },
  ],
  webServer: {
    command: `npx vite preview --host localhost --port ${process.env.E2E_PORT} --strictPort`,
    url: baseURL,
    reuseExistingServer: false,
  },
});
