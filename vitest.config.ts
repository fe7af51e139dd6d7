import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { browserFlags, findOrInstallBrowser } from './scripts/find-browser.ts';

// Node needs the browser too: SwiftShader comes with it.
const executablePath = findOrInstallBrowser();

const shared = {
  exclude: [...configDefaults.exclude, 'e2e/**'],
  // A CPU that plays the GPU takes seconds to compile a shader.
  testTimeout: 60_000,
  hookTimeout: 60_000,
};

/** Dawn's driver is chosen through the environment, which only a process of its own can set; commands may open Dawn. */
const ownProcess = ['**/*.gpu.test.ts', 'cli/**/*.test.ts'];

export default defineConfig({
  test: {
    // A GPU test on a software adapter keeps several cores busy by itself.
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...shared,
          name: 'node',
          include: ['**/*.test.{ts,tsx}'],
          // What Node has not got, such as IndexedDB.
          exclude: [...shared.exclude, ...ownProcess, '**/*.{browser,firefox}.test.ts'],
          environment: 'node',
          pool: 'forks',
          // A process for each of so many small files takes longer than its tests.
          isolate: false,
        },
      },
      {
        test: {
          ...shared,
          name: 'dawn',
          include: ownProcess,
          environment: 'node',
          pool: 'forks',
        },
      },
      {
        // The built page in Firefox: `npm run test:firefox`, which is not among `npm test`.
        test: {
          ...shared,
          name: 'firefox',
          include: ['**/*.firefox.test.ts'],
          environment: 'node',
          testTimeout: 180_000,
          expect: { poll: { timeout: 20_000 } },
        },
      },
      {
        test: {
          ...shared,
          name: 'browser',
          include: ['**/*.gpu.test.ts', '**/*.browser.test.ts'],
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({ launchOptions: { executablePath, args: [...browserFlags] } }),
            instances: [{ browser: 'chromium', name: 'chromium' }],
          },
        },
      },
    ],
  },
});
