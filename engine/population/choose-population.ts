import {
  type DriverRequest,
  type EngineChoice,
  type EngineRequest,
  type EngineStage,
  type Makers,
  makeOnEngine,
} from '../engine-choice.ts';
import type { NetworkConfig } from '../model/config.ts';
import { createCpuPopulation } from './cpu-population.ts';
import { createGpuPopulation } from './gpu-population.ts';
import type { Member, Population, StateOf } from './population.ts';

/** Puts a population on an engine, from its seeds or what `stateOf` says. @throws OutOfMemoryError; else as `makeOnEngine` */
export async function choosePopulation(
  request: EngineRequest,
  gpu: GPU | undefined,
  config: NetworkConfig,
  members: readonly Member[],
  onStage?: (stage: EngineStage) => void,
  driver: DriverRequest = 'auto',
  stateOf?: StateOf,
): Promise<{ population: Population; choice: EngineChoice }> {
  const makers: Makers<Population> = {
    networks: members.length,
    onCpu: () => createCpuPopulation(config, members, stateOf),
    onGpu: device => createGpuPopulation(device, config, members, stateOf, { driver }),
  };
  const { made, choice } = await makeOnEngine(request, gpu, config, makers, onStage);
  return { population: made, choice };
}
