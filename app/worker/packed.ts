/** A vector of float32, to the last bit, in less room where most of it is zero. */
export type Packed =
  | { readonly values: Float32Array }
  | { readonly values: Float32Array; readonly at: Uint16Array | Uint32Array; readonly length: number };

/** An index takes half the room of a value: not worth it unless a third is zero. */
const sparseShare = 2 / 3;

export function pack(values: Float32Array): Packed {
  const { length } = values;
  let count = 0;
  // Minus zero is no nothing: it is told from zero by its bits.
  const bits = new Uint32Array(values.buffer, values.byteOffset, length);
  for (let i = 0; i < length; i++) if (bits[i] !== 0) count++;
  if (count > sparseShare * length) return { values: values.slice() };
  const at = length <= 65536 ? new Uint16Array(count) : new Uint32Array(count);
  const kept = new Float32Array(count);
  for (let i = 0, n = 0; i < length; i++) {
    if (bits[i] === 0) continue;
    at[n] = i;
    kept[n++] = values[i]!;
  }
  return { values: kept, at, length };
}

export function unpack(packed: Packed): Float32Array {
  if (!('at' in packed)) return packed.values.slice();
  const values = new Float32Array(packed.length);
  for (let n = 0; n < packed.at.length; n++) values[packed.at[n]!] = packed.values[n]!;
  return values;
}
