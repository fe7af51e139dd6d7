import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altered, checkpointOf, mackeyGlass, smallNetwork, symbols } from '../../test/small-checkpoint.ts';
import { createCpuNetwork } from '../cpu/network.ts';
import { SignalStream } from '../data/stream.ts';
import { FileError } from '../errors.ts';
import { type NetworkConfig, parseSettings } from '../model/config.ts';
import { defaultPreset } from '../model/presets.ts';
import { savedTensors } from '../model/tensors.ts';
import { Trainer } from '../trainer.ts';
import { type Checkpoint, encodeCheckpoint } from './checkpoint.ts';
import { decodeCheckpoint } from './checkpoint-reader.ts';
import { encodeSafetensors } from './safetensors.ts';
import { decodeSafetensors } from './safetensors-reader.ts';

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

  it.each([
    ['a stream of symbols', symbols],
    ['a Mackey-Glass wave', mackeyGlass],
  ] as const)('tells where %s stands', (_, of) => {
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
});
