import { chooseEngine } from '../../engine/engine-choice.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { openGpu } from '../dawn.ts';
import { deepHtm, deepHtmConfig, NetworkCompetitor } from './competitors.ts';
import type { WaveResult } from './result.ts';
import { runWave } from './wave.ts';

/**
 * DeepHTM on the GPU engine, one stream and seed.
 * @throws NoWebGpuError, NoAdapterError where there is no GPU, and no software that plays one
 */
export async function runOnGpu(
  stream: string,
  seed: number,
): Promise<{ result: WaveResult; adapter: string }> {
  const config = deepHtmConfig(1);
  const { network } = await chooseEngine('gpu', await openGpu(), config, initialState(config, seed));
  try {
    const task = { trial: 'wave', stream, predictor: deepHtm, seed } as const;
    const result = await runWave(task, new NetworkCompetitor(network));
    return { result, adapter: network.adapter.name };
  } finally {
    network.dispose();
  }
}
