import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCpuNetwork } from '../cpu/network.ts';
import { SignalStream } from '../data/stream.ts';
import { FileError } from '../errors.ts';
import { type NetworkConfig, parseSettings, type Settings } from '../model/config.ts';
import { initialState } from '../model/initialise.ts';
import { defaultPreset } from '../model/presets.ts';
import { savedTensors } from '../model/tensors.ts';
import { Trainer } from '../trainer.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import { decodeSafetensors, encodeSafetensors, type Tensor } from './safetensors.ts';

const smallNetwork: NetworkConfig = {
  ...defaultPreset.settings.network,
  encoder: [3, 2],
  columns: 4,
  winners: 2,
  cellsPerColumn: 2,
  decoder: [3],
};

function checkpointOf(network: Partial<NetworkConfig> = {}, rest: Partial<Settings> = {}): Checkpoint {
  const settings = parseSettings({
    ...defaultPreset.settings,
    ...rest,
    network: { ...smallNetwork, ...network },
  });
  const stream = new SignalStream(settings.signal, settings.network.inputs, settings.seed);
  stream.rows(17);
  return { settings, state: initialState(settings.network, settings.seed), stream: stream.state() };
}

/** A file of the checkpoint with its tensors or metadata changed. */
function altered(
  change: (tensors: Map<string, Tensor>, metadata: Record<string, string>) => void,
  network: Partial<NetworkConfig> = {},
): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(encodeCheckpoint(checkpointOf(network)));
  change(tensors, metadata);
  return encodeSafetensors(tensors, metadata);
}

const probability = fc.double({ min: 0, max: 1, noNaN: true });
const anyNetwork = fc
  .record({
    inputs: fc.integer({ min: 1, max: 3 }),
    encoder: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    columns: fc.integer({ min: 3, max: 6 }),
    winners: fc.integer({ min: 1, max: 2 }),
    cellsPerColumn: fc.integer({ min: 1, max: 3 }),
    decoder: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
    homeostasis: fc.constantFrom('normalise', 'boost', 'none'),
    winnerActivation: fc.constantFrom('linear', 'thresholded'),
    readout: fc.constantFrom('predictive', 'active'),
    unroll: fc.integer({ min: 0, max: 8 }),
    optimizer: fc.constantFrom('sgd', 'momentum', 'rmsprop', 'adam'),
    learningRate: fc.double({ min: 0, max: 10, noNaN: true }),
    epsilon: fc.double({ min: 1e-12, max: 1, noNaN: true }),
  })
  .map(fields => fields as Partial<NetworkConfig>);

describe('a checkpoint', () => {
  it('comes back from its file as it was, to the last bit', () => {
    fc.assert(
      fc.property(
        anyNetwork,
        fc.nat(2 ** 32 - 1),
        fc.record({
          step: fc.maxSafeNat(),
          updates: fc.maxSafeNat(),
          correction1: probability,
          correction2: probability,
        }),
        fc.infiniteStream(fc.float({ min: 0, noNaN: true, noDefaultInfinity: true, maxExcluded: true })),
        (network, seed, clock, values) => {
          const checkpoint = checkpointOf(network, { seed });
          checkpoint.state.clock = clock;
          for (const tensor of checkpoint.state.tensors.values())
            for (let i = 0; i < tensor.length; i += 5) tensor[i] = values.next().value;
          expect(decodeCheckpoint(encodeCheckpoint(checkpoint))).toEqual(checkpoint);
        },
      ),
    );
  });

  it('is a safetensors file of the documented names, shapes and metadata', () => {
    const checkpoint = checkpointOf({ optimizer: 'adam' });
    const { tensors, metadata } = decodeSafetensors(encodeCheckpoint(checkpoint));
    expect([...tensors].map(([name, { shape }]) => ({ name, shape }))).toEqual(
      savedTensors(checkpoint.settings.network),
    );
    expect(Object.keys(metadata)).toEqual([
      'format',
      'config',
      'step',
      'seed',
      'signal',
      'stream',
      'updates',
      'correction1',
      'correction2',
    ]);
    expect(metadata.format).toBe('deephtm-1');
    expect(JSON.parse(metadata.config!)).toEqual(checkpoint.settings.network);
  });

  it('holds the data that a run learns, and goes on with them', async () => {
    const settings = parseSettings({
      ...defaultPreset.settings,
      network: { ...smallNetwork, inputs: 2 },
      signal: { ...defaultPreset.settings.signal, wave: 'data' },
    });
    const data = {
      name: 'f.csv',
      columns: ['a', 'b'].map(name => ({ name, mean: 3, reach: 0.5 })),
      values: new Float32Array([0, 1, 0.5, -1, -0.5, 0]),
    };
    const trainer = await Trainer.create(settings, { engine: 'cpu', data });
    await trainer.run(5);
    const file = await trainer.save();
    const resumed = await Trainer.restore(file, { engine: 'cpu' });
    expect(resumed.data).toEqual(data);
    const told: Float32Array[][] = [[], []];
    [trainer, resumed].forEach((t, i) => {
      t.subscribe(({ input, loss }) => told[i]!.push(input, loss));
    });
    await trainer.run(7);
    await resumed.run(7);
    expect(told[1]).toEqual(told[0]);

    const { tensors, metadata } = decodeSafetensors(file);
    const without = new Map([...tensors].filter(([name]) => name !== 'signal.data'));
    expect(() => decodeCheckpoint(encodeSafetensors(without, metadata))).toThrow(
      /no tensor "signal.data" of 2 columns/,
    );
    const { data: _, ...rest } = metadata;
    expect(() => decodeCheckpoint(encodeSafetensors(tensors, rest))).toThrow(FileError);
  });

  it('goes on with the same signal after it was read', () => {
    const checkpoint = checkpointOf(
      { inputs: 2 },
      { signal: { ...defaultPreset.settings.signal, noise: 1 } },
    );
    const { settings, stream } = decodeCheckpoint(encodeCheckpoint(checkpoint));
    const original = new SignalStream(settings.signal, 2, 1, checkpoint.stream);
    expect(new SignalStream(settings.signal, 2, 1, stream).rows(9)).toEqual(original.rows(9));
  });

  it.each(['sgd', 'momentum', 'rmsprop', 'adam'] as const)(
    'goes on to the last bit with %s',
    async optimizer => {
      const { settings, state } = checkpointOf({ optimizer, learningRate: 0.001 });
      const signal = new SignalStream(settings.signal, 1, settings.seed);
      const unbroken = createCpuNetwork(settings.network, state);
      await unbroken.run(signal.rows(50));
      const file = encodeCheckpoint({ settings, state: await unbroken.state(), stream: signal.state() });
      const read = decodeCheckpoint(file);
      const resumed = createCpuNetwork(read.settings.network, read.state);
      const resumedSignal = new SignalStream(read.settings.signal, 1, read.settings.seed, read.stream);
      expect(await resumed.run(resumedSignal.rows(50))).toEqual(await unbroken.run(signal.rows(50)));
      expect(await resumed.state()).toEqual(await unbroken.state());
    },
  );

  it('of another tool, with no more than config and tensors, starts at step 0 on the default signal', () => {
    const bytes = altered((_, metadata) => {
      for (const key of Object.keys(metadata)) if (key !== 'config') delete metadata[key];
    });
    const { settings, state, stream } = decodeCheckpoint(bytes);
    expect(settings).toEqual({ network: smallNetwork, signal: defaultPreset.settings.signal, seed: 1 });
    expect(state.clock).toEqual({ step: 0, updates: 0, correction1: 0, correction2: 0 });
    expect(stream).toEqual(new SignalStream(settings.signal, 1, 1).state());
  });

  it('that names its step alone is taken to have learned in every step', () => {
    const bytes = altered((_, metadata) => {
      metadata.step = '3';
      for (const key of ['updates', 'correction1', 'correction2']) delete metadata[key];
    });
    const { clock } = decodeCheckpoint(bytes).state;
    expect(clock.updates).toBe(3);
    expect(clock.correction1).toBeCloseTo(1 - 0.9 ** 3, 12);
    expect(clock.correction2).toBeCloseTo(1 - 0.999 ** 3, 12);
  });

  it('that diverged is refused when it is written', () => {
    const checkpoint = checkpointOf();
    checkpoint.state.tensors.get('memory.weight')![5] = Number.NaN;
    expect(() => encodeCheckpoint(checkpoint)).toThrow(/"memory.weight" .* diverged.*smaller learning rate/);
    expect(() => encodeCheckpoint(checkpoint)).toThrow(FileError);
  });

  it.each<[string, (checkpoint: Checkpoint) => void, RegExp]>([
    ['a tensor missing', c => void c.state.tensors.delete('pooler.bias'), /"pooler.bias" .* is missing/],
    [
      'a tensor of another size',
      c => void c.state.tensors.set('pooler.bias', new Float32Array(3)),
      /"pooler.bias" of shape \[4\] has 3 values instead of 4/,
    ],
  ])('with %s is refused when it is written', (_, change, message) => {
    const checkpoint = checkpointOf();
    change(checkpoint);
    expect(() => encodeCheckpoint(checkpoint)).toThrow(message);
    expect(() => encodeCheckpoint(checkpoint)).toThrow(FileError);
  });
});

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

  const symbols = () =>
    checkpointOf({ inputs: 6 }, { signal: { ...defaultPreset.settings.signal, wave: 'highOrder' } });
  const mackeyGlass = () =>
    checkpointOf({}, { signal: { ...defaultPreset.settings.signal, wave: 'mackeyGlass' } });

  it.each([symbols, mackeyGlass])('gives back where %s stands', of => {
    const checkpoint = of();
    expect(decodeCheckpoint(encodeCheckpoint(checkpoint)).stream).toEqual(checkpoint.stream);
  });

  it('takes a signal from before there were endings', () => {
    const file = altered((_, metadata) => {
      const { endings, ...signal } = JSON.parse(metadata.signal!);
      expect(endings).toBe('plain');
      metadata.signal = JSON.stringify(signal);
    });
    expect(decodeCheckpoint(file).settings.signal.endings).toBe('plain');
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
