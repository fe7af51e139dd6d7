import { plainNetwork } from '../../test/plain-network.ts';
import { build, type Candidate, measure, openBench } from './stand.ts';

// Steps a second of both drivers, by how many lanes a workgroup has: how geometry.ts was found.
// node --import tsx --import ./cli/register-wgsl.mjs bench/kernels/drivers.ts [rounds] [milliseconds]

const [rounds = 5, milliseconds = 400] = process.argv.slice(2).map(Number);
const device = await openBench(plainNetwork);
console.log(device.summary.name);
for (const readout of ['predictive', 'active'] as const) {
  const config = { ...plainNetwork, readout };
  const candidates = [
    ...[16, 32, 64].map(lanes => ({ driver: 'stream' as const, lanes })),
    ...[4, 8, 16, 32, 64, 128].map(lanes => ({ driver: 'loop' as const, lanes })),
  ].map(
    ({ driver, lanes }): Candidate => ({
      name: `${driver}, ${lanes} lanes, ${readout} readout`,
      config,
      driver,
      geometry: { lanes, parallelism: 1 },
    }),
  );
  const stands = [];
  for (const candidate of candidates) stands.push(await build(device, candidate));
  for (const { name, stepsPerSecond, compileMilliseconds } of await measure(stands, rounds, milliseconds))
    console.log(
      `${name.padEnd(36)} ${stepsPerSecond.toFixed(0).padStart(6)} steps/s, compiled in ${compileMilliseconds.toFixed(0)} ms`,
    );
}
process.exit(0);
