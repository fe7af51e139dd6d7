import type { EngineChoice, EngineRequest } from '../engine-choice.ts';
import type { NetworkConfig } from '../model/config.ts';
import { createCpuPopulation } from './cpu-population.ts';
import type { Member, Population } from './population.ts';

export interface ChosenPopulation {
  population: Population;
  choice: EngineChoice;
}

/** Puts a population on an engine. @throws OutOfMemoryError */
export async function choosePopulation(
  request: EngineRequest,
  config: NetworkConfig,
  members: readonly Member[],
): Promise<ChosenPopulation> {
  const population = await createCpuPopulation(config, members);
  const choice = { engine: 'cpu', adapter: population.adapter } as const;
  if (request === 'cpu') return { population, choice: { ...choice, reason: 'asked' } };
  const problem = { name: 'Unavailable', message: 'Many networks at once train on the CPU.' };
  return { population, choice: { ...choice, reason: 'unavailable', problem } };
}
