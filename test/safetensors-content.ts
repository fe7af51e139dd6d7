import fc from 'fast-check';
import type { Tensor } from '../engine/file/safetensors.ts';

/** A file with any header and data; `length` is what its prefix claims. */
export function container(
  header: string | Uint8Array,
  data = new Uint8Array(0),
  length?: bigint,
): Uint8Array {
  const text = typeof header === 'string' ? new TextEncoder().encode(header) : header;
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

/** How many values a tensor of a shape has. */
export const product = (shape: readonly number[]) => shape.reduce((n, d) => n * d, 1);

const tensor = fc
  .array(fc.nat(4), { maxLength: 4 })
  .chain(shape =>
    fc
      .array(fc.float(), { minLength: product(shape), maxLength: product(shape) })
      .map((values): Tensor => ({ shape, data: new Float32Array(values) })),
  );

/** Strings that UTF-8 can hold, without the names the format keeps for itself. */
const name = fc.string({ unit: 'grapheme' }).filter(s => s !== '__proto__' && s !== '__metadata__');
/** Whatever a file can hold. */
export const content = fc.record({
  tensors: fc.array(fc.tuple(name, tensor)).map(pairs => new Map(pairs)),
  metadata: fc
    .array(fc.tuple(name, fc.string({ unit: 'grapheme' })))
    .map(pairs => Object.fromEntries(pairs) as Record<string, string>),
});
