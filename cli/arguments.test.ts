import { describe, expect, it } from 'vitest';
import { ConfigError } from '../engine/errors.ts';
import { defaultPreset } from '../engine/model/presets.ts';
import { parseTrainArguments } from './arguments.ts';

const parse = (line: string) => parseTrainArguments(line.split(' '));

describe('train arguments', () => {
  it('defaults to 10,000 steps of the sine preset', () => {
    expect(parse('--out run')).toEqual({
      out: 'run',
      steps: 10000,
      engine: 'auto',
      driver: 'auto',
      settings: defaultPreset.settings,
      data: undefined,
      resume: null,
      changes: [],
      sweep: null,
      overwrite: false,
    });
  });

  it('changes settings of the network, the signal and the seed', () => {
    const args = parse(
      '--out run --seed 7 --set learningRate=0.01 --set signal.period=44.4 --set encoder=128,64',
    );
    expect(args).toMatchObject({
      settings: { seed: 7, signal: { period: 44.4 }, network: { learningRate: 0.01, encoder: [128, 64] } },
    });
  });

  it('sweeps settings, or seeds where none is named, into a folder of its own', () => {
    expect(parse('--seed 3 --networks 2')).toMatchObject({
      out: expect.stringMatching(/^runs.sweep-\d{8}-\d{6}$/),
      sweep: [{ path: 'seed', values: [3, 4] }],
    });
    const grid = parse('--out run --networks 4 --sweep memoryRate=1:10 --sweep learningRate=0.1:1:log');
    expect(grid).toMatchObject({
      out: 'run',
      sweep: [
        { path: 'memoryRate', values: [1, 10] },
        { path: 'learningRate', values: [0.1, 1] },
      ],
    });
  });

  it('keeps the changes of a resumed run for the trainer', () => {
    expect(parse('--out run --resume a.safetensors --set learningRate=0.01')).toMatchObject({
      settings: null,
      resume: 'a.safetensors',
      changes: [['learningRate', '0.01']],
    });
  });

  it.each([
    ['--steps 5', '--out'],
    ['--out run --steps 1.5', '--steps'],
    ['--out run --steps -1', ''],
    ['--out run --engine tpu', '--engine'],
    ['--out run --driver bus', '--driver'],
    ['--out run --preset cosine', '--preset'],
    ['--out run --set learningRate', '--set'],
    ['--out run --set learningRate=fast', 'learningRate'],
    ['--out run --set learningRate=99', 'network.learningRate'],
    ['--out run --set speed=1', 'speed'],
    ['--out run --set winners=300', 'network.winners'],
    ['--out run --resume a --seed 1', '--resume'],
    ['--out run --resume a --data b.csv', '--resume'],
    ['--out run --column a', '--column'],
    ['--out run --data a.csv --set inputs=2', '--data'],
    ['--out run --data a.csv --set signal.wave=sine', '--data'],
    ['--out run --unknown', ''],
    ['--out run stray', ''],
    ['--networks 2.5', '--networks'],
    ['--networks 65', 'networks'],
    ['--networks 2 --resume a', '--resume'],
    ['--sweep learningRate', 'learningRate'],
    ['--sweep columns=16:64', 'columns'],
  ])('refuses "%s" and names %s', (line, path) => {
    let refusal: unknown;
    try {
      parse(line);
    } catch (error) {
      refusal = error;
    }
    expect(refusal).toBeInstanceOf(ConfigError);
    expect((refusal as ConfigError).path).toBe(path);
  });
});
