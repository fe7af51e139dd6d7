import { describe, expect, it, test } from 'vitest';
import { createCpuNetwork } from '../../engine/cpu/network.ts';
import { SignalStream } from '../../engine/data/stream.ts';
import {
  type NetworkConfig,
  type Settings,
  type SignalConfig,
  SignalSchema,
} from '../../engine/model/config.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { withSetting } from '../../engine/model/settings.ts';
import { idleReason } from './relevance.ts';

const { settings } = defaultPreset;
const small: NetworkConfig = {
  ...settings.network,
  encoder: [8],
  columns: 16,
  winners: 3,
  cellsPerColumn: 3,
  decoder: [8],
  warmup: 0,
  encoderRate: 0.5,
};

/** What a network predicts in its first 60 steps. */
async function predictions(config: NetworkConfig): Promise<number[]> {
  const network = createCpuNetwork(config, initialState(config, 1));
  const { prediction } = await network.run(new SignalStream(settings.signal, 1, 1).rows(60));
  network.dispose();
  return [...prediction];
}

const withNetwork = (network: NetworkConfig): Settings => ({ ...settings, network });

/** Two values for each setting that some choice makes idle. */
const settingsInQuestion: Partial<NetworkConfig>[][] = [
  [{ homeostasisRate: 0.01 }, { homeostasisRate: 0.3 }],
  [{ boostStrength: 0 }, { boostStrength: 20 }],
  [{ unroll: 0 }, { unroll: 1 }],
  [{ beta1: 0.1 }, { beta1: 0.9 }],
  [{ beta2: 0.5 }, { beta2: 0.999 }],
  [{ epsilon: 1e-8 }, { epsilon: 0.1 }],
];

const choices: Partial<NetworkConfig>[] = [
  {},
  { homeostasis: 'boost' },
  { homeostasis: 'none' },
  { cellsPerColumn: 1 },
  { optimizer: 'momentum', learningRate: 0.005 },
  { optimizer: 'rmsprop', learningRate: 0.001 },
  { optimizer: 'adam', learningRate: 0.001 },
];

describe('idleReason', () => {
  for (const choice of choices)
    for (const [a, b] of settingsInQuestion) {
      const path = Object.keys(a!)[0]!;
      test(`${path} is idle under ${JSON.stringify(choice)} exactly if it changes nothing`, async () => {
        const [one, other] = [
          { ...small, ...choice, ...a },
          { ...small, ...choice, ...b },
        ];
        const same = String(await predictions(one)) === String(await predictions(other));
        expect(idleReason(withNetwork(one), path) !== null).toBe(same);
      });
    }

  const waves = SignalSchema.entries.wave.options;
  const signals: Partial<SignalConfig>[][] = [
    [{ period: 50 }, { period: 17 }],
    [{ endings: 'plain' }, { endings: 'swapped' }],
    [{ amplitude: 1 }, { amplitude: 2 }],
    [{ noise: 0 }, { noise: 0.1 }],
  ];
  for (const wave of waves)
    for (const [a, b] of signals) {
      const path = `signal.${Object.keys(a!)[0]!}`;
      test(`${path} is idle for ${wave} exactly if it changes nothing`, () => {
        const one = withSetting(settings, 'signal.wave', wave);
        const data = {
          name: '',
          columns: [{ name: 'a', mean: 0, reach: 1 }],
          values: Float32Array.of(1, 0, -1),
        };
        const rows = (change: Partial<SignalConfig>) =>
          String(
            new SignalStream({ ...one.signal, ...change }, one.network.inputs, 1, undefined, data).rows(60),
          );
        expect(idleReason(one, path) !== null).toBe(rows(a!) === rows(b!));
      });
    }

  it('is null for what always counts', () => {
    for (const path of ['learningRate', 'columns', 'signal.period', 'seed', 'dutyRate'])
      expect(idleReason(settings, path)).toBeNull();
  });
});
