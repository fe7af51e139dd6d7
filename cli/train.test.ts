import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { decodeCheckpoint } from '../engine/file/checkpoint-reader.ts';
import { TRACE_HEADER } from '../engine/file/trace.ts';

const folder = mkdtempSync(join(tmpdir(), 'deephtm-train-'));
afterAll(() => rmSync(folder, { recursive: true }));

const small = ['--set', 'encoder=16,16', '--set', 'columns=32', '--set', 'decoder=16'];

/** Runs the command as a person would. `interruptAt`: sends Ctrl-C once the trace holds this many bytes. */
function train(args: string[], interruptAfter?: number) {
  const command = ['--import', 'tsx', '--import', './cli/register-wgsl.mjs', 'cli/train.ts', ...args];
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const listen = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  if (interruptAfter !== undefined) {
    const trace = join(args[args.indexOf('--out') + 1]!, 'trace.csv');
    const watch = setInterval(() => {
      try {
        if (readFileSync(trace).length < interruptAfter) return;
      } catch {
        return;
      }
      clearInterval(watch);
      child.kill('SIGINT');
    }, 50);
  }
  return new Promise<{ code: number | null; output: string }>(resolve =>
    child.on('close', code => resolve({ code, output })),
  );
}

const read = (run: string, file: string) => readFileSync(join(folder, run, file));
const lines = (run: string) => read(run, 'trace.csv').toString().trimEnd().split('\n').slice(1);
const weights = (run: string) => decodeCheckpoint(read(run, 'model.safetensors'));

describe('npm run train', { timeout: 60_000 }, () => {
  it('leaves weights, trace and summary behind, and goes on bit for bit', async () => {
    const whole = await train([
      ...small,
      '--engine',
      'cpu',
      '--steps',
      '1500',
      '--out',
      join(folder, 'whole'),
    ]);
    expect(whole.code, whole.output).toBe(0);
    expect(read('whole', 'trace.csv').toString().startsWith(TRACE_HEADER)).toBe(true);
    expect(lines('whole')).toHaveLength(1500);
    const summary = JSON.parse(read('whole', 'summary.json').toString());
    expect(summary).toMatchObject({
      engine: 'cpu',
      steps: 1500,
      interrupted: false,
      adapter: { name: 'CPU' },
    });
    expect(summary.milestones).toHaveLength(1);
    expect(summary.milestones[0]).toMatchObject({ step: 1000, steps: 1000 });
    expect(decodeCheckpoint(read('whole', 'initial.safetensors')).state.clock.step).toBe(0);

    const first = ['--engine', 'cpu', '--steps', '700', '--out', join(folder, 'first')];
    expect((await train([...small, ...first])).code).toBe(0);
    const resume = ['--resume', join(folder, 'first', 'model.safetensors')];
    const rest = await train([...resume, '--engine', 'cpu', '--steps', '800', '--out', join(folder, 'rest')]);
    expect(rest.code, rest.output).toBe(0);
    expect([...lines('first'), ...lines('rest')]).toEqual(lines('whole'));
    expect(weights('rest')).toEqual(weights('whole'));
  });

  it('tells of symbols how many were right, and goes on with the next of them', async () => {
    const preset = ['--preset', 'high-order', ...small];
    const run = (name: string, steps: number, start: string[]) =>
      train([...start, '--engine', 'cpu', '--steps', String(steps), '--out', join(folder, name)]);
    const whole = await run('symbols', 1003, preset);
    expect(whole.code, whole.output).toBe(0);
    expect(whole.output).toMatch(/D or Y +predictable\n +1000 .*%\n +1003 +[\d.]+ .*%$/m);
    const { last } = JSON.parse(read('symbols', 'summary.json').toString());
    expect(last.accuracy.ambiguous).toBeGreaterThanOrEqual(0.3);
    expect((await run('symbols-first', 601, preset)).code).toBe(0);
    const file = join(folder, 'symbols-first', 'model.safetensors');
    expect((await run('symbols-rest', 402, ['--resume', file])).code).toBe(0);
    expect([...lines('symbols-first'), ...lines('symbols-rest')]).toEqual(lines('symbols'));
  });

  it('learns data of its own, says which, and goes on with the next row of them', async () => {
    const table = join(folder, 'tides.csv');
    const rows = Array.from({ length: 37 }, (_, i) => `${i};${(5 + 2 * Math.sin(i)).toFixed(3)}`);
    writeFileSync(table, `hour;level\n${rows.join('\n').replaceAll('.', ',')}\n`);
    const data = ['--data', table, '--column', 'level'];
    const run = (name: string, steps: number, start: string[]) =>
      train([...start, '--engine', 'cpu', '--steps', String(steps), '--out', join(folder, name)]);
    const whole = await run('data', 120, [...small, ...data]);
    expect(whole.code, whole.output).toBe(0);
    const origin = { name: 'tides.csv', columns: [{ name: 'level' }] };
    expect(weights('data')).toMatchObject({ settings: { signal: { wave: 'data' } }, data: origin });
    expect(JSON.parse(read('data', 'summary.json').toString())).toMatchObject({ data: origin });
    expect((await run('data-first', 50, [...small, ...data])).code).toBe(0);
    const file = join(folder, 'data-first', 'model.safetensors');
    expect((await run('data-rest', 70, ['--resume', file])).code).toBe(0);
    expect([...lines('data-first'), ...lines('data-rest')]).toEqual(lines('data'));
    const wrong = await train(['--data', table, '--column', 'tide', '--out', join(folder, 'none')]);
    expect(wrong.code).toBe(1);
    expect(wrong.output).toContain('FileError: The file has no column "tide". Choose of: hour, level.');
  });

  it('trains on the GPU, and says on which', async () => {
    const out = ['--engine', 'gpu', '--driver', 'loop', '--steps', '60', '--out', join(folder, 'gpu')];
    const { code, output } = await train([...small, ...out]);
    expect(code, output).toBe(0);
    const summary = JSON.parse(read('gpu', 'summary.json').toString());
    expect(summary).toMatchObject({
      engine: 'gpu',
      driver: 'loop',
      steps: 60,
      adapter: { name: expect.stringMatching(/\w/) },
    });
    expect(lines('gpu')).toHaveLength(60);
  });

  it('stops by name when learning diverges', async () => {
    const rate = ['--set', 'learningRate=10', '--set', 'errorClip=0', '--set', 'warmup=0'];
    const out = ['--engine', 'cpu', '--steps', '3000', '--out', join(folder, 'diverged')];
    const { code, output } = await train([...small, ...rate, ...out]);
    expect(code).toBe(1);
    expect(output).toContain('DivergedError');
    const { divergedAt } = JSON.parse(read('diverged', 'summary.json').toString());
    expect(lines('diverged').length).toBeGreaterThanOrEqual(divergedAt);
  });

  it('saves when it is interrupted', async () => {
    const out = join(folder, 'interrupted');
    const { code, output } = await train(
      [...small, '--engine', 'cpu', '--steps', '100000000', '--out', out],
      20_000,
    );
    expect(code, output).toBe(0);
    const { step } = weights('interrupted').state.clock;
    expect(step).toBeGreaterThan(0);
    expect(lines('interrupted')).toHaveLength(step);
    expect(JSON.parse(read('interrupted', 'summary.json').toString())).toMatchObject({
      interrupted: true,
      steps: step,
    });
    expect(output).toContain('--resume');
  });

  it('refuses a bad file, a taken folder and a bad setting with a named error', async () => {
    const bad = join(folder, 'bad.safetensors');
    writeFileSync(bad, 'not weights');
    const file = await train(['--resume', bad, '--engine', 'cpu', '--out', join(folder, 'none')]);
    expect(file.code).toBe(1);
    expect(file.output).toContain('FileError');
    const taken = await train([...small, '--engine', 'cpu', '--steps', '1', '--out', folder]);
    expect(taken.code, taken.output).toBe(0);
    const again = await train([...small, '--engine', 'cpu', '--steps', '1', '--out', folder]);
    expect(again.code).toBe(1);
    expect(again.output).toContain('--overwrite');
    const setting = await train(['--set', 'winners=999', '--out', join(folder, 'none')]);
    expect(setting.code).toBe(1);
    expect(setting.output).toContain('ConfigError: network.winners');
  });
});
