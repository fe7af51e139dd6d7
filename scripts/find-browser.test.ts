import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { findBrowser } from './find-browser.ts';

afterEach(() => vi.unstubAllEnvs());

test('CHROMIUM_PATH comes before any other browser', () => {
  vi.stubEnv('CHROMIUM_PATH', process.execPath);
  expect(findBrowser()).toBe(process.execPath);
});

test('a CHROMIUM_PATH that does not exist is an error, not a reason to search on', () => {
  vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
  expect(findBrowser).toThrow('/nowhere/chromium');
});

// Only on Linux are browsers found through the path.
test.runIf(process.platform === 'linux')('a command that does not start is passed over', () => {
  const folder = mkdtempSync(join(tmpdir(), 'deephtm-browser-'));
  try {
    execFileSync('sh', ['-c', `printf '#!/bin/sh\\nexit 1\\n' > chromium && chmod +x chromium`], {
      cwd: folder,
    });
    vi.stubEnv('CHROMIUM_PATH', '');
    const usual = findBrowser();
    vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
    expect(findBrowser()).toBe(usual);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
