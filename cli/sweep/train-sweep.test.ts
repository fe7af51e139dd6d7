import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { decodeCheckpoint } from '../../engine/file/checkpoint-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'deephtm-sweep-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the command as a person would. */
function train(...args: string[]) {
  const small = ['columns=24', 'encoder=16', 'decoder=16', 'optimizer=sgd', 'errorClip=0'];
  const set = small.flatMap(setting => ['--set', setting]);
  const command = ['--import', 'tsx', '--import', './cli/register-wgsl.mjs', 'cli/train.ts', ...set, ...args];
  return promisify(execFile)(process.execPath, command).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    error => ({ code: error.code as number, output: error.stdout + error.stderr }),
  );
}

it('ranks the networks of a grid, with those that diverged last, and leaves the best one’s weights', async () => {
  const out = join(folder, 'grid');
  const sweep = ['--sweep', 'learningRate=0.01,10', '--sweep', 'memoryRate=1:4', '--networks', '4'];
  const { code, output } = await train('--engine', 'cpu', '--steps', '400', ...sweep, '--out', out);
  expect(code, output).toBe(0);
  const results = JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  expect(results).toMatchObject({ engine: 'cpu', steps: 400, interrupted: false });
  const ranks = results.results.map((r: { rank: number }) => r.rank);
  expect(ranks).toEqual([1, 2, 3, 4]);
  const [best, second, ...worst] = results.results;
  expect(best.rmse).toBeLessThan(second.rmse);
  for (const result of worst) expect(result).toMatchObject({ values: { learningRate: 10 } });
  expect(worst[1].divergedAt).toBeGreaterThan(0);
  expect(output).toMatch(/rank +learningRate +memoryRate +rmse +ratio +columns +bursts\n +1 +0.01 /);
  expect(output).toContain(`diverged at ${worst[1].divergedAt}`);

  const history = readFileSync(join(out, 'history.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(history.length).toBeGreaterThan(50);
  expect(history.at(-1).step).toBe(400);
  expect(history.at(-1).rmse.filter((rmse: number) => rmse === best.rmse)).toHaveLength(1);

  const { settings, state } = decodeCheckpoint(readFileSync(join(out, 'best.safetensors')));
  expect(state.clock.step).toBe(400);
  expect(settings.network).toMatchObject(best.values);
});

it('trains on the GPU, which agrees with the CPU about who is best', async () => {
  const sweep = ['--sweep', 'learningRate=0.01,0.3', '--steps', '60'];
  const runs = ['gpu', 'cpu'].map(async engine => {
    const out = join(folder, engine);
    const { code, output } = await train('--engine', engine, ...sweep, '--out', out);
    expect(code, output).toBe(0);
    return JSON.parse(readFileSync(join(out, 'results.json'), 'utf8'));
  });
  const [gpu, cpu] = await Promise.all(runs);
  expect(gpu.engine).toBe('gpu');
  expect(gpu.results[0].values).toEqual(cpu.results[0].values);
  expect(gpu.results[0].rmse).toBeCloseTo(cpu.results[0].rmse, 4);
});

it('says by name when all networks diverged, and what can be swept', async () => {
  const out = ['--out', join(folder, 'diverged')];
  const all = await train('--engine', 'cpu', '--steps', '600', '--sweep', 'learningRate=9,10', ...out);
  expect(all.code).toBe(1);
  expect(all.output).toContain('DivergedError: All networks diverged');
  const shape = await train('--sweep', 'columns=16:64', ...out);
  expect(shape.code).toBe(1);
  expect(shape.output).toMatch(
    /ConfigError: columns: .*one shape; sweep one of homeostasisRate|ConfigError: columns: .*encoderRate/,
  );
});
