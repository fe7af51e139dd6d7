import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altered, checkpointOf, mackeyGlass, smallNetwork } from '../../test/small-checkpoint.ts';
import { FileError } from '../errors.ts';
import type { NetworkConfig } from '../model/config.ts';
import { defaultPreset } from '../model/presets.ts';
import { encodeCheckpoint } from './checkpoint.ts';
import { checkHead, decodeCheckpoint } from './checkpoint-reader.ts';
import { encodeSafetensors } from './safetensors.ts';
import { decodeSafetensors } from './safetensors-reader.ts';

/** Up to where the header says that it ends, if there is that much. */
const headOf = (bytes: Uint8Array): Uint8Array =>
  bytes.slice(0, 8 + Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true)));

describe('decodeCheckpoint', () => {
  const withField = (key: string, value: string): Uint8Array =>
    altered((_, metadata) => {
      metadata[key] = value;
    });
  const withConfig = (change: object): Uint8Array =>
    withField('config', JSON.stringify({ ...smallNetwork, ...change }));
  const withStream = (change: object): Uint8Array =>
    withField('stream', JSON.stringify({ ...checkpointOf().stream, ...change }));
  const withValue = (name: string, value: number, network: Partial<NetworkConfig> = {}): Uint8Array =>
    altered(tensors => void tensors.get(name)!.data.set([value], 1), network);

  it.each<[string, Uint8Array, RegExp]>([
    ['a file that is no container', new TextEncoder().encode('<!doctype html>'), /not a safetensors file/],
    [
      'no config',
      altered((_, metadata) => void delete metadata.config),
      /metadata has no `config`. Choose a weights file that was saved here/,
    ],
    ['another format', withField('format', 'deephtm-2'), /format: must be "deephtm-1"/],
    ['a config that is not JSON', withField('config', '{'), /config: must be JSON/],
    ['a config that is a number', withField('config', '1'), /config: must be an object/],
    ['a config of too many columns', withConfig({ columns: 5000 }), /config\.columns: /],
    ['more winners than columns', withConfig({ winners: 5 }), /config\.winners: must not exceed/],
    ['an unknown optimiser', withConfig({ optimizer: 'lion' }), /config\.optimizer: /],
    ['an unknown setting', withConfig({ dropout: 0.5 }), /config\.dropout: /],
    ['a config without encoder', withConfig({ encoder: undefined }), /config\.encoder: /],
    ['a step that is not a number', withField('step', 'many'), /step: must be a whole number/],
    ['a negative step', withField('step', '-1'), /step: must be a whole number/],
    ['a fractional step', withField('step', '0.5'), /step: must be a whole number/],
    ['a step beyond exact integers', withField('step', '9007199254740993'), /step: is too large/],
    ['a seed beyond 32 bits', withField('seed', '4294967296'), /seed: must be below 2\^32/],
    ['updates that are not a number', withField('updates', 'NaN'), /updates: must be a whole number/],
    ['a correction above 1', withField('correction1', '1.5'), /correction1: must be a number from 0 to 1/],
    [
      'a correction that is not a number',
      withField('correction2', 'x'),
      /correction2: must be a number from 0 to 1/,
    ],
    ['a signal that is not JSON', withField('signal', 'sine'), /signal: must be JSON/],
    ['an unknown wave', withField('signal', '{"wave":"saw"}'), /signal\.wave: /],
    ['a stream of infinite phase', withStream({ phase: null }), /stream\.phase: /],
    ['a stream of negative position', withStream({ position: -1 }), /stream\.position: /],
    ['a generator of three numbers', withStream({ generator: [1, 2, 3] }), /stream\.generator: /],
    ['a stream of more inputs', withStream({ current: [0, 0] }), /stream\.current has 2 values for 1 inputs/],
    [
      'a missing tensor',
      altered(tensors => void tensors.delete('memory.bias')),
      /Tensor "memory\.bias" of shape \[8\] is missing/,
    ],
    [
      'a missing optimiser slot',
      altered(tensors => void tensors.delete('optimizer.v.memory.bias'), { optimizer: 'adam' }),
      /Tensor "optimizer\.v\.memory\.bias" of shape \[8\] is missing/,
    ],
    [
      'an unknown tensor',
      altered(tensors => void tensors.set('extra', { shape: [], data: new Float32Array(1) })),
      /no tensor "extra"/,
    ],
    [
      'a transposed tensor',
      altered(tensors => {
        const { data } = tensors.get('encoder.1.weight')!;
        tensors.set('encoder.1.weight', { shape: [3, 2], data });
      }),
      /Tensor "encoder\.1\.weight" has shape \[3,2\], but its network needs \[2,3\]/,
    ],
    ['a weight NaN', withValue('decoder.0.weight', Number.NaN), /"decoder\.0\.weight" .* not a finite/],
    [
      'an infinite weight',
      withValue('pooler.bias', Number.NEGATIVE_INFINITY),
      /"pooler\.bias" .* not a finite/,
    ],
    [
      'an infinite state',
      withValue('state.active', Number.POSITIVE_INFINITY),
      /"state\.active" .* not a finite/,
    ],
    ['a negative variance', withValue('pooler.variance', -1), /"pooler\.variance" holds a negative value/],
    [
      'a negative second moment',
      withValue('optimizer.v.pooler.bias', -1, { optimizer: 'rmsprop' }),
      /"optimizer\.v\.pooler\.bias" holds a negative value/,
    ],
  ])('refuses %s', (_, bytes, message) => {
    expect(() => decodeCheckpoint(bytes)).toThrow(message);
    expect(() => decodeCheckpoint(bytes)).toThrow(FileError);
    // All but values is known from the head alone.
    const head = headOf(bytes);
    if (/finite|negative value/.test(message.source)) checkHead(head, bytes.length);
    else expect(() => checkHead(head, bytes.length)).toThrow(message);
  });

  it('reads or refuses 10,000 mutations of a weights file', () => {
    const valid = encodeCheckpoint(checkpointOf());
    const headerEnd = 8 + Number(new DataView(valid.buffer).getBigUint64(0, true));
    const mutation = fc.tuple(fc.nat(headerEnd - 1), fc.integer({ min: 0x20, max: 0x7e }));
    let read = 0;
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 2 }), mutations => {
        const bytes = valid.slice();
        for (const [at, byte] of mutations) bytes[at] = byte;
        try {
          decodeCheckpoint(bytes);
          read++;
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
        }
      }),
      { numRuns: 10_000 },
    );
    expect(read).toBeGreaterThan(10);
    expect(read).toBeLessThan(9_000);
  });

  it('refuses symbols without their channels, and a stream of another wave', () => {
    const signalOf = (wave: string) => JSON.stringify({ ...defaultPreset.settings.signal, wave });
    const of = (wave: string) =>
      altered((_, metadata) => {
        metadata.signal = signalOf(wave);
      });
    expect(() => decodeCheckpoint(of('highOrder'))).toThrow(/config\.inputs must be 6 .*6 channels/);
    expect(() => decodeCheckpoint(of('mackeyGlass'))).toThrow(/stream\.source/);
    const { tensors, metadata } = decodeSafetensors(encodeCheckpoint(mackeyGlass()));
    const sine = encodeSafetensors(tensors, { ...metadata, signal: signalOf('sine') });
    expect(() => decodeCheckpoint(sine)).toThrow(/stream\.source/);
  });
});
