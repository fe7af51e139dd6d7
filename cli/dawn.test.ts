import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/** Opens Dawn in a process of its own, with no driver chosen but `drivers`; gives its adapter's name, or null. */
function adapterWith(drivers: Record<string, string>): string | null {
  const { VK_DRIVER_FILES, VK_ICD_FILENAMES, ...rest } = process.env;
  const program = `
    import { openGpu } from './cli/dawn.ts';
    const adapter = await (await openGpu()).requestAdapter();
    const device = await adapter?.requestDevice();
    console.log(JSON.stringify(adapter?.info.description ?? null));`;
  const output = execFileSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      encoding: 'utf8',
      env: { ...rest, ...drivers },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  return JSON.parse(output);
}

test('an adapter is found without choosing a driver, and the process ends by itself', () => {
  expect(adapterWith({})).toEqual(expect.any(String));
});

// Drivers are files named in the environment on Linux alone.
test.runIf(process.platform === 'linux')('a driver chosen by the user is not replaced', () => {
  expect(adapterWith({ VK_DRIVER_FILES: '/nowhere.json', VK_ICD_FILENAMES: '/nowhere.json' })).toBeNull();
});
