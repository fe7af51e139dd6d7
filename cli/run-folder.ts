import {
  accessSync,
  constants,
  createWriteStream,
  existsSync,
  mkdirSync,
  renameSync,
  type WriteStream,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { FileError } from '../engine/errors.ts';
import { TRACE_HEADER, traceLines } from '../engine/file/trace.ts';
import type { StepRecords } from '../engine/network.ts';

const fileNames = ['initial.safetensors', 'model.safetensors', 'trace.csv', 'summary.json'];

/** The folder that a run leaves behind. */
export class RunFolder {
  readonly #path: string;
  readonly #trace: WriteStream;
  /** The first failed write, such as a full disk; told by `close`. */
  #failure: Error | null = null;

  /** @throws FileError when the folder cannot be written, or holds another run and `overwrite` is false. */
  constructor(path: string, overwrite: boolean) {
    this.#path = path;
    claimFolder(path, fileNames, overwrite);
    writeWhole(join(path, 'trace.csv'), TRACE_HEADER);
    this.#trace = createWriteStream(join(path, 'trace.csv'), { flags: 'a' });
    this.#trace.on('error', error => {
      this.#failure ??= error;
    });
  }

  addToTrace(records: StepRecords): void {
    this.#trace.write(traceLines(records));
  }

  /** @throws FileError */
  write(
    name: 'initial.safetensors' | 'model.safetensors' | 'summary.json',
    content: Uint8Array | string,
  ): void {
    writeWhole(join(this.#path, name), content);
  }

  /** @throws FileError when a part of the trace could not be written. */
  async close(): Promise<void> {
    await new Promise<void>(resolve => this.#trace.end(() => resolve()).once('error', () => resolve()));
    if (this.#failure)
      throw new FileError(
        `The trace is incomplete: ${this.#failure.message}. Free some space and train again.`,
      );
  }
}

/** Makes a folder for files of these names. @throws FileError when it cannot be, or holds one and `overwrite` is false */
export function claimFolder(path: string, names: readonly string[], overwrite: boolean): void {
  const taken = names.find(name => existsSync(join(path, name)));
  if (taken !== undefined && !overwrite)
    throw new FileError(`${join(path, taken)} exists. Name another --out folder, or add --overwrite.`);
  try {
    mkdirSync(path, { recursive: true });
    accessSync(path, constants.W_OK);
  } catch (cause) {
    throw new FileError(`Cannot write to ${path}. Name a folder that you may write to.`, { cause });
  }
}

/** Writes beside the file and renames, so that a crash never leaves half of one. @throws FileError */
export function writeWhole(target: string, content: Uint8Array | string): void {
  try {
    writeFileSync(`${target}.part`, content);
    renameSync(`${target}.part`, target);
  } catch (cause) {
    throw new FileError(
      `Cannot write ${target}: ${(cause as Error).message}. Free some space and train again.`,
      { cause },
    );
  }
}
