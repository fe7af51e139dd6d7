import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { createCpuNetwork } from '../../engine/cpu/network.ts';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { plainNetwork } from '../../test/plain-network.ts';
import { runNative } from './native.ts';

/** The comparison is with what the bench measures, which needs a compiler; the product does not. */
const compiler = spawnSync('gcc', ['--version']).status === 0;

const rows = (count: number): Float32Array =>
  Float32Array.from({ length: 2 * count }, (_, i) => Math.sin((2 * Math.PI * ((i >> 1) + (i & 1))) / 50));

const plain: NetworkConfig = { ...plainNetwork, warmup: 20 };
const cases: NetworkConfig[] = [
  plain,
  { ...plain, readout: 'active' },
  { ...plain, optimizer: 'rmsprop', learningRate: 1e-4 },
  { ...plain, optimizer: 'adam', learningRate: 1e-4, readout: 'active' },
  { ...plain, optimizer: 'adam', learningRate: 1e-4 },
  { ...plain, columns: 300, winners: 7, cellsPerColumn: 3, unroll: 3 },
  defaultPreset.settings.network,
  { ...defaultPreset.settings.network, readout: 'active', unroll: 3 },
];

test.runIf(compiler).each(cases)(
  'C learns what the CPU engine learns: $optimizer, $readout, $unroll',
  async config => {
    const state = initialState(config, 1);
    const network = createCpuNetwork(config, state);
    const ours = await network.run(rows(100));
    const { losses, rmse } = await runNative({ config, state, rows: rows(100), warmUp: 0 });
    expect(losses).toHaveLength(100);
    losses.forEach((loss, t) => {
      expect(Math.abs(loss - ours.loss[t]!), `step ${t}`).toBeLessThan(1e-4);
    });
    expect(rmse).toBeCloseTo(Math.sqrt(losses.reduce((sum, loss) => sum + loss) / 100), 4);
  },
);
