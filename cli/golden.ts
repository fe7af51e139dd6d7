import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createCpuNetwork } from '../engine/cpu/network.ts';
import { DeepHtmError } from '../engine/errors.ts';
import { openDevice } from '../engine/gpu/device.ts';
import { createGpuNetwork } from '../engine/gpu/network.ts';
import type { NetworkConfig } from '../engine/model/config.ts';
import type { Network, NetworkState } from '../engine/network.ts';
import { compareGolden, type GoldenReport, parseGoldenCase } from '../golden/compare.ts';
import { openGpu } from './dawn.ts';

const usage = `Compares an engine with golden numbers.

npm run golden -- [--engine gpu|cpu] FILE...

Prints the worst error of each kind, absolute and as a share of its tolerance; exits 1 if any is beyond it.`;

async function onGpu(config: NetworkConfig, state: NetworkState): Promise<Network> {
  return createGpuNetwork(await openDevice(await openGpu(), config), config, state);
}

const onCpu = async (config: NetworkConfig, state: NetworkState): Promise<Network> =>
  createCpuNetwork(config, state);

function print(file: string, report: GoldenReport): void {
  console.log(`${report.passed ? 'pass' : 'FAIL'}  ${report.name}  (${file}, ${report.steps} steps)`);
  const { prediction, loss, gradients, weights, columnMean, columnVariance, columnDuty } = report;
  const kinds = { prediction, loss, gradients, weights, columnMean, columnVariance, columnDuty };
  for (const [kind, worst] of Object.entries(kinds)) {
    const share = `${(100 * worst.ofTolerance).toFixed(2)}% of tolerance`;
    console.log(
      `  ${kind.padEnd(15)} ${worst.absolute.toExponential(2)}  ${share.padStart(22)}  ${worst.where}`,
    );
  }
  for (const kind of ['winners', 'bursting'] as const)
    for (const { step, expected, actual } of report[kind])
      console.log(
        `  ${kind} differ at step ${step}: expected ${expected.join(' ')}, got ${actual.join(' ')}`,
      );
}

try {
  const { values, positionals } = parseArgs({
    options: { engine: { type: 'string', default: 'gpu' }, help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  const create = { gpu: onGpu, cpu: onCpu }[values.engine];
  if (values.help || positionals.length === 0 || !create) {
    console.log(usage);
    process.exit(values.help ? 0 : 2);
  }
  let passed = true;
  for (const file of positionals) {
    const report = await compareGolden(parseGoldenCase(readFileSync(file, 'utf8')), create);
    print(file, report);
    passed &&= report.passed;
  }
  process.exit(passed ? 0 : 1);
} catch (error) {
  console.error(error instanceof DeepHtmError ? `${error.name}: ${error.message}` : error);
  process.exit(1);
}
