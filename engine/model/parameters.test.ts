import { describe, expect, it, test } from 'vitest';
import { ConfigError } from '../errors.ts';
import type { LiveParameters } from '../network.ts';
import { explanations } from './explanations.ts';
import { type NumberParameter, parameterAt, parameters, parseSettingText } from './parameters.ts';
import { defaultPreset } from './presets.ts';
import { differingPaths, settingAt, withSetting } from './settings.ts';

const { settings } = defaultPreset;
const numbers = parameters.filter((p): p is NumberParameter => p.kind === 'number');

const refusedPath = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return error.path;
    throw error;
  }
  throw new Error('was accepted');
};

describe('parameters', () => {
  it('have every field of the network and the signal, and the seed, exactly once', () => {
    const fields = [
      ...Object.keys(settings.network),
      ...Object.keys(settings.signal).map(name => `signal.${name}`),
      'seed',
    ];
    expect(parameters.map(p => p.path).sort()).toEqual(fields.sort());
  });

  it('mark as live what a running network or a running signal takes, and nothing else', () => {
    const live: Record<keyof LiveParameters, true> = {
      learningRate: true,
      finalRate: true,
      decay: true,
      encoderRate: true,
      memoryRate: true,
      biasRate: true,
      warmup: true,
      inputNoise: true,
      finalInputNoise: true,
      inputNoiseSteps: true,
      errorClip: true,
      homeostasisRate: true,
      boostStrength: true,
      conscience: true,
      dutyRate: true,
      beta1: true,
      beta2: true,
      epsilon: true,
    };
    const expected = [
      ...Object.keys(live),
      'signal.period',
      'signal.amplitude',
      'signal.noise',
      'signal.endings',
    ];
    const marked = parameters.filter(p => p.effect === 'live').map(p => p.path);
    expect(marked.sort()).toEqual(expected.sort());
  });

  it('have names of their own, and each an explanation that is a sentence or two', () => {
    const labels = parameters.map(p => p.label);
    expect(new Set(labels).size).toBe(labels.length);
    expect(Object.keys(explanations)).toEqual(parameters.map(p => p.path));
    for (const explanation of Object.values(explanations)) {
      expect(explanation).toMatch(/^[A-Z].*\.$/s);
      expect(explanation.length).toBeLessThanOrEqual(125);
    }
  });

  test.each(numbers.map(p => [p.path, p] as const))('%s: the slider’s ends are accepted', (path, p) => {
    expect(settingAt(withSetting(settings, path, p.least), path)).toBe(p.least);
    expect(settingAt(withSetting(settings, path, p.most), path)).toBe(p.most);
  });

  test.each(numbers.map(p => [p.path, p] as const))('%s: the default is on the slider', (path, p) => {
    const value = settingAt(settings, path) as number;
    expect(value).toBeGreaterThanOrEqual(p.least);
    expect(value).toBeLessThanOrEqual(p.most);
  });

  it('offer exactly the choices that are accepted', () => {
    for (const p of parameters) {
      if (p.kind !== 'choice') continue;
      for (const { value } of p.options)
        expect(settingAt(withSetting(settings, p.path, value), p.path)).toBe(value);
      const listed = /one of (.*)$/.exec(
        (() => {
          try {
            withSetting(settings, p.path, 'no such choice');
          } catch (error) {
            return (error as ConfigError).problem;
          }
          return '';
        })(),
      )?.[1];
      expect(listed?.split(', ').sort()).toEqual(p.options.map(o => String(o.value)).sort());
    }
  });
});

describe('settingAt', () => {
  it('reads the network, the signal and the seed', () => {
    expect(settingAt(settings, 'winners')).toBe(5);
    expect(settingAt(settings, 'signal.period')).toBe(50);
    expect(settingAt(settings, 'seed')).toBe(1);
  });

  test.each(['', 'winner', 'network.winners', 'signal', 'signal.winners', '__proto__', 'constructor'])(
    'refuses the unknown path "%s"',
    path => expect(refusedPath(() => settingAt(settings, path))).toBe(path),
  );
});

describe('withSetting', () => {
  it('changes that value alone, and leaves the original as it was', () => {
    const before = structuredClone(settings);
    const changed = withSetting(settings, 'learningRate', 0.5);
    expect(differingPaths(settings, changed)).toEqual(['learningRate']);
    expect(settings).toEqual(before);
  });

  test.each([
    ['winners', 300, 'network.winners'],
    ['columns', 4, 'network.winners'],
    ['encoder', [8, 0], 'network.encoder.1'],
    ['signal.period', 0, 'signal.period'],
    ['seed', 0.5, 'seed'],
    ['learningRate', 'fast', 'network.learningRate'],
    ['nothing', 1, 'nothing'],
  ] as const)('refuses %s = %j and names %s', (path, value, at) => {
    expect(refusedPath(() => withSetting(settings, path, value))).toBe(at);
  });
});

describe('withSetting of a wave', () => {
  const symbols = withSetting(settings, 'signal.wave', 'highOrder');

  it('gives symbols their six channels, and the next wave its one', () => {
    expect(symbols.network).toEqual({ ...settings.network, inputs: 6 });
    expect(withSetting(symbols, 'signal.wave', 'sine')).toEqual(settings);
    expect(withSetting(symbols, 'signal.endings', 'swapped').network.inputs).toBe(6);
  });

  it('leaves channels as they are from one wave to another', () => {
    const three = withSetting(settings, 'inputs', 3);
    expect(withSetting(three, 'signal.wave', 'mackeyGlass').network.inputs).toBe(3);
  });

  it('holds symbols to six channels', () => {
    expect(() => withSetting(symbols, 'inputs', 5)).toThrow('the symbols need 6 channels');
    expect(refusedPath(() => withSetting(symbols, 'inputs', 5))).toBe('network.inputs');
  });
});

describe('differingPaths', () => {
  it('compares sizes by their values', () => {
    expect(differingPaths(settings, structuredClone(settings))).toEqual([]);
    expect(differingPaths(settings, withSetting(settings, 'encoder', [256]))).toEqual(['encoder']);
  });

  it('finds every difference, in the order of the parameters', () => {
    const other = withSetting(withSetting(settings, 'seed', 2), 'signal.noise', 0.1);
    expect(differingPaths(settings, other)).toEqual(['signal.noise', 'seed']);
  });
});

describe('parseSettingText', () => {
  test.each([
    ['learningRate', '0.01', 0.01],
    ['learningRate', ' 1e-3 ', 0.001],
    ['epsilon', '1e-8', 1e-8],
    ['seed', '7', 7],
    ['signal.period', '44.4', 44.4],
    ['encoder', '128,64', [128, 64]],
    ['decoder', ' 32 , 16 ', [32, 16]],
    ['decoder', '32', [32]],
    ['optimizer', 'adam', 'adam'],
    ['optimizer', ' adam ', 'adam'],
    ['unroll', '0', 0],
  ])('%s reads "%s"', (path, text, value) => expect(parseSettingText(path, text)).toEqual(value));

  test.each([
    ['learningRate', ''],
    ['learningRate', '  '],
    ['learningRate', 'abc'],
    ['learningRate', '0,01'],
    ['learningRate', '1 2'],
    ['learningRate', 'Infinity'],
    ['learningRate', 'NaN'],
    ['encoder', ''],
    ['encoder', '256,'],
    ['encoder', '256 128'],
    ['encoder', '2.5'],
    ['encoder', '-8'],
    ['optimizer', 'SGD'],
    ['optimizer', ''],
    ['readout', '0.0'],
    ['nothing', '1'],
  ])('%s refuses "%s"', (path, text) => {
    expect(refusedPath(() => parseSettingText(path, text))).toBe(path);
  });

  it('reads every default back from its own text', () => {
    for (const { path } of parameters) {
      const value = settingAt(settings, path);
      expect(parseSettingText(path, String(value))).toEqual(value);
    }
  });
});

test('parameterAt knows parameters by path', () => {
  expect(parameterAt('signal.noise')?.label).toBe('Noise');
  expect(parameterAt('noise')).toBeUndefined();
});
