import { chooseEngine } from '../../engine/engine-choice.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { openGpu } from '../dawn.ts';
import { type Competitor, deepHtm, deepHtmConfig, NetworkCompetitor } from './competitors.ts';
import type { WaveResult } from './result.ts';
import { runWave } from './wave.ts';

/**
 * Lets DeepHTM compete on the GPU engine, and frees the GPU again.
 * @throws NoWebGpuError, NoAdapterError where there is no GPU, and no software that plays one
 */
export async function onGpu<T>(
  seed: number,
  compete: (competitor: Competitor, adapter: string) => Promise<T>,
): Promise<T> {
  const config = deepHtmConfig(1);
  const { network } = await chooseEngine('gpu', await openGpu(), config, initialState(config, seed));
  try {
    return await compete(new NetworkCompetitor(network), network.adapter.name);
  } finally {
    network.dispose();
  }
}

/** One stream and seed. */
export const runOnGpu = (stream: string, seed: number): Promise<{ result: WaveResult; adapter: string }> =>
  onGpu(seed, async (competitor, adapter) => {
    const task = { trial: 'wave', stream, predictor: deepHtm, seed } as const;
    return { result: await runWave(task, competitor), adapter };
  });
