import { initialState } from '../../engine/model/initialise.ts';
import { plainNetwork } from '../../test/plain-network.ts';
import { runNative } from '../native/native.ts';
import { build, type Candidate, measure, openBench } from './stand.ts';

// Steps a second of both drivers on a CPU that plays the GPU, by how many lanes a workgroup has, with and
// without subgroups, beside those of C: how geometry.ts was found. Processor time is what to go by on a machine that has other work.
// node --import tsx --import ./cli/register-wgsl.mjs bench/kernels/drivers.ts [rounds] [steps]

const [rounds = 7, steps = 64] = process.argv.slice(2).map(Number);
const device = await openBench(plainNetwork);
console.log(`${device.summary.name}; steps/s by the clock, by processor time; compilation in ms`);
const row = (name: string, ...numbers: number[]) =>
  console.log([name.padEnd(44), ...numbers.map(n => n.toFixed(0).padStart(7))].join(' '));
for (const readout of ['predictive', 'active'] as const) {
  const config = { ...plainNetwork, readout };
  const ways = [
    ...[4, 8, 16].map(lanes => ({ driver: 'stream' as const, lanes })),
    ...[4, 8, 16, 64].map(lanes => ({ driver: 'loop' as const, lanes })),
  ];
  const candidates = ways.flatMap(({ driver, lanes }) =>
    [...new Set([1, device.subgroupLanes])].map(
      (subgroupLanes): Candidate => ({
        name: `${driver}, ${lanes} lanes, ${subgroupLanes > 1 ? 'subgroups, ' : ''}${readout}`,
        config,
        driver,
        geometry: { lanes, parallelism: 1, subgroupLanes },
      }),
    ),
  );
  const stands = [];
  for (const candidate of candidates) stands.push(await build(device, candidate));
  const rows = Float32Array.from({ length: 2 * 6000 }, (_, at) => Math.sin(Math.ceil(at / 2) * 0.265));
  const native = await runNative({ config, state: initialState(config, 1), rows, warmUp: 1000 });
  row(`C, one core, ${readout}`, native.stepsPerSecond, native.stepsPerProcessorSecond);
  for (const each of await measure(stands, rounds, steps))
    row(each.name, each.byClock, each.byProcessors, each.compileMilliseconds);
}
process.exit(0);
