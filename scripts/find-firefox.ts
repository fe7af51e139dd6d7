import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const applications =
  process.platform === 'darwin'
    ? ['/Applications/Firefox.app/Contents/MacOS/firefox']
    : process.platform === 'win32'
      ? ['PROGRAMFILES', 'PROGRAMFILES(X86)'].map(name =>
          join(process.env[name] ?? '', 'Mozilla Firefox', 'firefox.exe'),
        )
      : ['firefox', 'firefox-esr'].flatMap(command =>
          (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, command)),
        );

/** The Firefox of this machine, or FIREFOX_PATH. @throws Error that says what to install */
export function findFirefox(): string {
  const found = [process.env.FIREFOX_PATH ?? '', ...applications].find(existsSync);
  if (found !== undefined) return found;
  throw new Error(
    'No Firefox found. Install it, with a Vulkan driver for its WebGPU (Debian: apt-get install firefox-esr ' +
      'mesa-vulkan-drivers), or set FIREFOX_PATH to its executable.',
  );
}
