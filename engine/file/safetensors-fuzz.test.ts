import fc from 'fast-check';
import { expect, test } from 'vitest';
import { container, content, product } from '../../test/safetensors-content.ts';
import { FileError } from '../errors.ts';
import { encodeSafetensors } from './safetensors.ts';
import { decodeSafetensors } from './safetensors-reader.ts';

/** Anything but a value or a FileError fails the property. */
const readsOrRefuses = (bytes: Uint8Array) => {
  try {
    const { tensors } = decodeSafetensors(bytes);
    let values = 0;
    for (const { shape, data } of tensors.values()) {
      expect(data.length).toBe(product(shape));
      values += data.length;
    }
    expect(values * 4).toBeLessThan(bytes.length);
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return false;
  }
};

test('10,000 files of random bytes are read or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), bytes => void readsOrRefuses(bytes)),
    { numRuns: 5000 },
  );
  fc.assert(
    fc.property(
      fc.oneof(fc.json(), fc.string({ unit: fc.constantFrom(...'{}[]":,\\a0 ') })),
      fc.uint8Array({ maxLength: 16 }),
      (header, data) => void readsOrRefuses(container(header, data)),
    ),
    { numRuns: 5000 },
  );
});

test('10,000 mutations of valid files are read or refused, and both happen', () => {
  const digit = fc.constantFrom(...'0123456789-.eE"{}[],:F');
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    byte: fc.oneof(
      fc.nat(255),
      digit.map(c => c.charCodeAt(0)),
    ),
    kind: fc.constantFrom('replace', 'insert', 'remove'),
  });
  // Files take far longer to make up than to change: a hundred are changed a hundred ways each.
  const valid = fc
    .sample(content, { numRuns: 100, seed: 1 })
    .map(({ tensors, metadata }) => encodeSafetensors(tensors, metadata));
  let read = 0;
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...valid),
      fc.array(mutation, { minLength: 1, maxLength: 3 }),
      (file, mutations) => {
        const bytes = [...file];
        for (const { at, byte, kind } of mutations) {
          const index = Math.floor(at * bytes.length);
          if (kind === 'replace') bytes[index] = byte;
          else if (kind === 'insert') bytes.splice(index, 0, byte);
          else bytes.splice(index, 1);
        }
        if (readsOrRefuses(new Uint8Array(bytes))) read++;
        else refused++;
      },
    ),
    { numRuns: 10_000 },
  );
  expect(read).toBeGreaterThan(100);
  expect(refused).toBeGreaterThan(100);
});
