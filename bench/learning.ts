import { createCpuNetwork } from '../engine/cpu/network.ts';
import { SignalStream } from '../engine/data/stream.ts';
import type { NetworkConfig } from '../engine/model/config.ts';
import { initialState } from '../engine/model/initialise.ts';
import type { Learning } from './contestant.ts';
import { seed, signal } from './networks.ts';

const measuredErrors = 50;

/** Whether another library learned what the CPU engine learns from the same weights and the same rows. */
export async function learningOf(config: NetworkConfig, losses: readonly number[]): Promise<Learning> {
  const network = createCpuNetwork(config, initialState(config, seed));
  const rows = new SignalStream(signal, config.inputs, seed).rows(losses.length);
  const { loss } = await network.run(rows);
  return { steps: losses.length, rmse: lastError(losses), reference: lastError([...loss]) };
}

function lastError(losses: readonly number[]): number {
  const last = losses.slice(-measuredErrors);
  return Math.sqrt(last.reduce((sum, loss) => sum + loss, 0) / last.length);
}
