import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { container, content } from '../../test/safetensors-content.ts';
import { FileError } from '../errors.ts';
import { encodeSafetensors } from './safetensors.ts';
import { decodeSafetensors } from './safetensors-reader.ts';

const entry = (shape: unknown, begin: unknown, end: unknown, dtype: unknown = 'F32') => ({
  dtype,
  shape,
  data_offsets: [begin, end],
});
const file = (header: unknown, dataBytes: number) =>
  container(JSON.stringify(header), new Uint8Array(dataBytes));

describe('encodeSafetensors', () => {
  it('writes what decodeSafetensors reads back', () => {
    fc.assert(
      fc.property(content, ({ tensors, metadata }) => {
        const read = decodeSafetensors(encodeSafetensors(tensors, metadata));
        expect(read.metadata).toEqual(metadata);
        expect(new Set(read.tensors.keys())).toEqual(new Set(tensors.keys()));
        for (const [key, { shape, data }] of tensors) {
          expect(read.tensors.get(key)!.shape).toEqual(shape);
          // Bytes, so that -0 and NaN count too.
          expect(new Uint32Array(read.tensors.get(key)!.data.buffer)).toEqual(
            new Uint32Array(data.slice().buffer),
          );
        }
      }),
    );
  });

  it('writes the documented bytes', () => {
    const bytes = encodeSafetensors(new Map([['a', { shape: [2], data: new Float32Array([1, -2]) }]]), {
      k: 'v',
    });
    const header = '{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}'.padEnd(
      80,
    );
    expect(bytes).toEqual(container(header, new Uint8Array([0, 0, 128, 63, 0, 0, 0, 192])));
  });

  it('writes only the part of a buffer that a view shows', () => {
    const view = new Float32Array([1, 2, 3, 4]).subarray(1, 3);
    const read = decodeSafetensors(encodeSafetensors(new Map([['a', { shape: [2], data: view }]]), {}));
    expect([...read.tensors.get('a')!.data]).toEqual([2, 3]);
  });

  it.each([
    ['__metadata__', [1], /cannot be named __metadata__/],
    ['__proto__', [1], /cannot be named __proto__/],
    ['a', [2], /Tensor "a" of shape \[2\] has 1 values instead of 2/],
  ])('refuses a tensor %s of shape %s with one value', (key, shape, message) => {
    const tensors = new Map([[key, { shape, data: new Float32Array(1) }]]);
    expect(() => encodeSafetensors(tensors, {})).toThrow(message);
    expect(() => encodeSafetensors(tensors, {})).toThrow(FileError);
  });
});

describe('decodeSafetensors', () => {
  it('reads tensors in the order of their bytes, unaligned and from a view into a larger buffer', () => {
    const data = new Uint8Array(new Float32Array([1, 2, 3]).buffer);
    const bytes = container(
      JSON.stringify({ b: entry([2, 1], 4, 12), a: entry([], 0, 4), empty: entry([0, 5], 4, 4) }),
      data,
    );
    const shifted = Buffer.concat([Buffer.alloc(3), bytes]).subarray(3);
    const { tensors, metadata } = decodeSafetensors(shifted);
    expect([...tensors.keys()]).toEqual(['a', 'empty', 'b']);
    expect([...tensors.get('b')!.data]).toEqual([2, 3]);
    expect(metadata).toEqual({});
    shifted.fill(0);
    expect([...tensors.get('a')!.data]).toEqual([1]);
  });

  it.each<[string, Uint8Array, RegExp]>([
    ['an empty file', new Uint8Array(0), /has 0 bytes, too few .* Download it again/],
    ['seven bytes', new Uint8Array(7), /has 7 bytes, too few .* Download it again/],
    [
      'a header longer than the file',
      container('{}', undefined, 3n),
      /cut short: its header needs 11 bytes and the file has 10\. Download it again/,
    ],
    [
      'a header beyond the limit',
      container('{}', undefined, 1_000_001n),
      /claims a header of 1000001 bytes; at most 1000000/,
    ],
    [
      'a header of 2^64 - 1 bytes',
      container('{}', undefined, 2n ** 64n - 1n),
      /claims a header of 18446744073709551615 bytes/,
    ],
    ['a header that is not UTF-8', container(new Uint8Array([0x7b, 0x22, 0xff, 0x22])), /not UTF-8/],
    ['an empty header', container(''), /not JSON/],
    ['a header that is not JSON', container('{"a":}'), /not JSON/],
    ['a header with a byte order mark', container('\ufeff{}'), /not JSON/],
    ['a header with text after it', container('{} x'), /not JSON/],
    ['an open string', container('{"a'), /not JSON/],
    ['a header that is a list', container('[]'), /not JSON/],
    ['NaN as an offset', container('{"a":{"dtype":"F32","shape":[1],"data_offsets":[NaN,4]}}'), /not JSON/],
    ['a header nested too deep', container('{"a":[[['), /nested deeper/],
    ['a name given twice', container('{"a":1,"a":1}'), /names "a" twice/],
    ['a name given twice with an escape', container('{"a":1,"\\u0061" :1}'), /names "a" twice/],
    [
      'a field given twice',
      container('{"a":{"dtype":"F16","dtype":"F32","shape":[],"data_offsets":[0,0]}}'),
      /names "dtype" twice/,
    ],
    ['a tensor __proto__', container('{"__proto__":{}}'), /key "__proto__"/],
    ['metadata __proto__', container('{"__metadata__":{"__proto__":"x"}}'), /key "__proto__"/],
    ['an escaped __proto__', container('{"\\u005f_proto__":{}}'), /key "__proto__"/],
    ['metadata that is text', file({ __metadata__: 'x' }, 0), /__metadata__ is not an object/],
    ['metadata that is a list', file({ __metadata__: [] }, 0), /__metadata__ is not an object/],
    ['metadata that is null', file({ __metadata__: null }, 0), /__metadata__ is not an object/],
    ['metadata with a number', file({ __metadata__: { step: 1 } }, 0), /other than text at "step"/],
    ['a tensor that is a number', file({ a: 1 }, 0), /Tensor "a" must be an object with dtype/],
    [
      'a tensor without offsets',
      file({ a: { dtype: 'F32', shape: [] } }, 0),
      /Tensor "a": data_offsets is missing/,
    ],
    [
      'a tensor of three offsets',
      file({ a: { dtype: 'F32', shape: [], data_offsets: [0, 4, 8] } }, 4),
      /Tensor "a": data_offsets must be two numbers/,
    ],
    ['a dtype that is a number', file({ a: entry([1], 0, 4, 5) }, 4), /Tensor "a": dtype must be text/],
    ...['F16', 'BF16', 'F64', 'I32', 'f32'].map((dtype): [string, Uint8Array, RegExp] => [
      `numbers of type ${dtype}`,
      file({ a: entry([1], 0, 2, dtype) }, 2),
      new RegExp(`Tensor "a" holds "${dtype}" numbers; only "F32" is read here. Convert it to float32`),
    ]),
    [
      'a negative offset',
      file({ a: entry([1], -4, 0) }, 0),
      /Tensor "a": data_offsets\.0 must be a whole number/,
    ],
    [
      'a fractional offset',
      file({ a: entry([1], 0, 4.5) }, 4),
      /Tensor "a": data_offsets\.1 must be a whole number/,
    ],
    [
      'a huge offset',
      file({ a: entry([1], 0, 1e300) }, 4),
      /Tensor "a": data_offsets\.1 must be a whole number/,
    ],
    [
      'an infinite offset',
      container('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,1e999]}}'),
      /Tensor "a": data_offsets\.1 must be a whole number/,
    ],
    [
      'an offset as text',
      file({ a: entry([1], 0, '4') }, 4),
      /Tensor "a": data_offsets\.1 must be a whole number/,
    ],
    ['a negative size', file({ a: entry([-1, -1], 0, 4) }, 4), /Tensor "a": shape\.0 must be a whole number/],
    [
      'a fractional size',
      file({ a: entry([0.5, 2], 0, 4) }, 4),
      /Tensor "a": shape\.0 must be a whole number/,
    ],
    ['a size as text', file({ a: entry(['1'], 0, 4) }, 4), /Tensor "a": shape\.0 must be a whole number/],
    [
      'offsets the wrong way round',
      file({ a: entry([1], 4, 0) }, 4),
      /ends at byte 0, before it begins at 4/,
    ],
    [
      'overlapping tensors',
      file({ a: entry([2], 0, 8), b: entry([2], 4, 12) }, 12),
      /Tensor "b" begins at byte 4 and overlaps another that ends at 8/,
    ],
    [
      'a hole',
      file({ a: entry([1], 0, 4), b: entry([1], 8, 12) }, 12),
      /a hole of 4 bytes before tensor "b"/,
    ],
    ['a hole at the start', file({ a: entry([1], 4, 8) }, 8), /a hole of 4 bytes before tensor "a"/],
    [
      'a shape that does not fit',
      file({ a: entry([3], 0, 8) }, 8),
      /Tensor "a" of shape \[3\] needs 12 bytes but its offsets span 8/,
    ],
    [
      'a shape whose size overflows',
      file({ a: entry([2 ** 52, 2 ** 52, 2 ** 52], 0, 8) }, 8),
      /Tensor "a" of shape .* but its offsets span 8/,
    ],
    [
      'data cut short',
      file({ a: entry([2], 0, 8) }, 7),
      /cut short: its tensors need 8 bytes and 7 are there\. Download it again/,
    ],
    [
      'terabytes that are not there',
      file({ a: entry([2 ** 40], 0, 2 ** 42) }, 0),
      /cut short: its tensors need 4398046511104 bytes and 0 are there/,
    ],
    ['bytes after the last tensor', file({ a: entry([1], 0, 4) }, 6), /2 bytes after its last tensor/],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeSafetensors(bytes)).toThrow(message);
    expect(() => decodeSafetensors(bytes)).toThrow(FileError);
  });

  it('shortens a very long name in its message', () => {
    const bytes = file({ ['x'.repeat(100_000)]: entry([1], 0, 4, 'F16') }, 4);
    expect(() => decodeSafetensors(bytes)).toThrow(/^Tensor "x{80}…" holds "F16"/);
  });

  it('refuses every proper prefix of a file', () => {
    const bytes = encodeSafetensors(new Map([['a', { shape: [3], data: new Float32Array(3) }]]), { k: 'v' });
    for (let length = 0; length < bytes.length; length++)
      expect(() => decodeSafetensors(bytes.subarray(0, length))).toThrow(/cut short/);
  });
});
