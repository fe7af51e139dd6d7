import { readFileSync, statSync } from 'node:fs';
import { FileError } from '../engine/errors.ts';

/** @param checkSize told how many bytes there are before they are read @throws FileError, or what `checkSize` throws */
export function readFile(path: string, checkSize?: (bytes: number) => void): Uint8Array {
  try {
    checkSize?.(statSync(path).size);
    return readFileSync(path);
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    throw new FileError(`Cannot read ${path}. Check the name and that you may read it.`, { cause });
  }
}
