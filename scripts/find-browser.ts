import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** For a headless Chromium that uses no network of its own. */
export const plainFlags: readonly string[] = [
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium refuses to sandbox the superuser.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** The same with WebGPU, canvas included, on a machine without a GPU. */
export const browserFlags: readonly string[] = [
  '--enable-unsafe-webgpu',
  '--use-angle=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  ...plainFlags,
];

/** Folders in which packaged browsers keep what lies beside the binary: the command on the path is often a script. */
const packageFolders = [
  '/usr/lib/chromium',
  '/usr/lib64/chromium-browser',
  '/usr/lib/chromium-browser',
  '/opt/google/chrome',
];

function onPath(command: string): string[] {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(folder => folder !== '');
  return folders.map(folder => join(folder, command));
}

function candidates(): string[] {
  if (process.platform === 'darwin') {
    const applications = ['/Applications', join(process.env.HOME ?? '', 'Applications')];
    return applications.flatMap(folder => [
      join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
      join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
    ]);
  }
  if (process.platform === 'win32') {
    const folders = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return folders
      .filter(folder => folder !== undefined)
      .flatMap(folder => [
        join(folder, 'Google/Chrome/Application/chrome.exe'),
        join(folder, 'Chromium/Application/chrome.exe'),
      ]);
  }
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap(onPath);
}

/** Where Playwright keeps its own Chromium, installed or not. Loaded late: it costs half a second, seldom needed. */
function playwrightChromium(): string {
  const { chromium } = createRequire(import.meta.url)('playwright') as typeof import('playwright');
  return chromium.executablePath();
}

function starts(executable: string): boolean {
  if (!existsSync(executable)) return false;
  // Elsewhere `--version` opens a window; on Linux it tells a working browser from a stub or one without its libraries.
  return process.platform !== 'linux' || spawnSync(executable, ['--version']).status === 0;
}

/**
 * The Chromium or Chrome of this machine: CHROMIUM_PATH, an installed one, or Playwright's own; undefined if none.
 * @throws Error when CHROMIUM_PATH names a file that does not exist.
 */
export function findBrowser(): string | undefined {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH is ${chosen}, which does not exist. Correct it, or unset it to search.`);
  }
  const installed = candidates().find(starts);
  if (installed !== undefined) return installed;
  const own = playwrightChromium();
  return starts(own) ? own : undefined;
}

/**
 * As `findBrowser`, but installs Playwright's Chromium where there is none.
 * @throws Error when that fails too; the message says what to install.
 */
export function findOrInstallBrowser(): string {
  const found = findBrowser();
  if (found !== undefined) return found;
  const systemLibraries = process.platform === 'linux' && process.getuid?.() === 0 ? ['--with-deps'] : [];
  process.stderr.write('No Chromium or Chrome found: installing one with Playwright.\n');
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx';
  spawnSync(npx, ['playwright', 'install', ...systemLibraries, 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  const installed = playwrightChromium();
  if (starts(installed)) return installed;
  throw new Error(
    'The tests need Chromium or Chrome, and Playwright could not install one. Install it ' +
      '(Debian and Ubuntu: apt-get install chromium), or set CHROMIUM_PATH to its executable.',
  );
}

/** The software Vulkan driver that Chromium carries, and the Vulkan loader beside it. */
export interface SwiftShader {
  /** Path of the driver's manifest, as VK_DRIVER_FILES takes it. */
  manifest: string;
  /** Path of libvulkan.so.1. */
  loader: string;
}

/** Looks beside every browser that can be found on Linux; undefined where there is none. */
export function findSwiftShader(): SwiftShader | undefined {
  const installed = [process.env.CHROMIUM_PATH ?? '', ...candidates()].filter(existsSync);
  return (
    [...installed.map(folderOf), ...packageFolders].map(swiftShaderIn).find(found => found !== undefined) ??
    swiftShaderIn(dirname(playwrightChromium()))
  );
}

function folderOf(executable: string): string {
  return dirname(realpathSync(executable));
}

function swiftShaderIn(folder: string): SwiftShader | undefined {
  const manifest = join(folder, 'vk_swiftshader_icd.json');
  const loader = join(folder, 'libvulkan.so.1');
  return existsSync(manifest) && existsSync(loader) ? { manifest, loader } : undefined;
}
