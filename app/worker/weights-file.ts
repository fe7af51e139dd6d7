import { FileError } from '../../engine/errors.ts';
import { checkHead, mostHeadBytes } from '../../engine/file/checkpoint-reader.ts';

/**
 * Reads a weights file, whole only once its first bytes have shown nothing against it: any file can be chosen, and a large
 * one takes as much memory as it has bytes.
 * @throws FileError
 */
export async function readWeights(file: Blob, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytesOf = async (part: Blob) => {
    try {
      return new Uint8Array(await part.arrayBuffer());
    } catch (cause) {
      throw new FileError(`The browser could not open ${name}. Choose a weights file (.safetensors).`, {
        cause,
      });
    }
  };
  checkHead(await bytesOf(file.slice(0, mostHeadBytes)), file.size);
  return bytesOf(file);
}
