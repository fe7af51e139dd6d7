import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import asc from 'assemblyscript/asc';

/*
 * Compiles the loops in assembly/ to WebAssembly. The result is kept with the sources, as text that a worker, a page and
 * Node can all load at once, without waiting: `npm run build:wasm` renews it.
 */

const here = import.meta.dirname;

/** The text of binary.ts. @throws when the sources do not compile */
export async function compileBinary(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deephtm-wasm-'));
  try {
    const file = join(folder, 'kernels.wasm');
    const options =
      '-O3 --converge --noAssert --runtime stub --enable simd --importMemory --initialMemory 0 --noExportMemory';
    const source = relative(process.cwd(), join(here, 'assembly/index.ts'));
    const { error, stderr } = await asc.main([
      source,
      ...options.split(' '),
      '--outFile',
      relative(process.cwd(), file),
    ]);
    if (error) throw new Error(`AssemblyScript refused the loops:\n${stderr.toString()}`, { cause: error });
    // Digits compress better than base64, which hides what bytes have in common.
    const text = (await readFile(file)).toString('hex');
    return `/** WebAssembly of assembly/, by build.ts: bytes in hexadecimal digits. */\nexport const binary =\n  '${text}';\n`;
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (import.meta.filename === process.argv[1]) await writeFile(join(here, 'binary.ts'), await compileBinary());
