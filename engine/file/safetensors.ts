import { FileError } from '../errors.ts';

/**
 * The safetensors container: a u64 little-endian header length, a JSON header padded with spaces to 8 bytes, then the
 * tensors' bytes in C order without holes. Offsets count from the first byte after the header. Of its number formats
 * only F32 is written and read. JavaScript engines run on little-endian machines alone, so bytes are copied as they are.
 */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface SafetensorsContent {
  /** In the order of their bytes. */
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Record<string, string>;
}

export const PREFIX_BYTES = 8;
export const METADATA = '__metadata__';

/** A name as an error message shows it; hostile files can make names very long. */
export const shown = (name: string) => JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);

export const elements = (shape: readonly number[]) => shape.reduce((n, d) => n * d, 1);

/** @throws FileError when a shape does not fit its data, or a name has a meaning of its own in the format. */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const entries: [string, unknown][] = [];
  if (Object.keys(metadata).length > 0) entries.push([METADATA, metadata]);
  let end = 0;
  for (const [name, { shape, data }] of tensors) {
    if (name === METADATA || name === '__proto__')
      throw new FileError(`A tensor cannot be named ${name}. Rename it.`);
    if (elements(shape) !== data.length)
      throw new FileError(
        `Tensor ${shown(name)} of shape [${shape}] has ${data.length} values instead of ${elements(shape)}. Save a tensor whose shape fits its values.`,
      );
    entries.push([name, { dtype: 'F32', shape, data_offsets: [end, end + data.byteLength] }]);
    end += data.byteLength;
  }
  const header = JSON.stringify(Object.fromEntries(entries));
  const headerBytes = new TextEncoder().encode(header);
  const dataStart = Math.ceil((PREFIX_BYTES + headerBytes.length) / 8) * 8;
  const bytes = new Uint8Array(dataStart + end);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(dataStart - PREFIX_BYTES), true);
  bytes.set(headerBytes, PREFIX_BYTES);
  bytes.fill(0x20, PREFIX_BYTES + headerBytes.length, dataStart);
  let offset = dataStart;
  for (const { data } of tensors.values()) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), offset);
    offset += data.byteLength;
  }
  return bytes;
}
