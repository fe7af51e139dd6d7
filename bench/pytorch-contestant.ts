import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { SignalStream } from '../engine/data/stream.ts';
import { initialState } from '../engine/model/initialise.ts';
import { learnedTensors } from '../engine/model/tensors.ts';
import type { Entry, Subject } from './contestant.ts';
import { learningOf } from './learning.ts';
import { seed, signal } from './networks.ts';

const program = join(import.meta.dirname, 'pytorch/network.py');

/** The same network in PyTorch, on one core. */
export const pytorchEntry = (subject: Subject, kind: 'autograd' | 'sparse'): Entry => ({
  ...subject,
  async open() {
    const { config } = subject;
    if (spawnSync('python3', ['-c', 'import torch']).status !== 0)
      throw new Error('PyTorch is not installed (python3 -c "import torch" fails).');
    const folder = mkdtempSync(join(tmpdir(), 'deephtm-pytorch-'));
    const state = initialState(config, seed);
    const tensors = learnedTensors(config).map(({ name, shape }) => [name, shape] as const);
    const values = tensors.map(([name]) => state.tensors.get(name)!);
    const file = join(folder, 'weights');
    writeFileSync(file, Buffer.concat(values.map(v => Buffer.from(v.buffer, v.byteOffset, v.byteLength))));
    const child = spawn('python3', [program, kind, file, JSON.stringify({ ...config, tensors })], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit').then(([code]) => {
      throw new Error(`PyTorch's process ended with code ${code}.`);
    });
    ended.catch(() => {});
    const lines = createInterface({ input: child.stdout });
    const next = async (): Promise<string> => String((await Promise.race([once(lines, 'line'), ended]))[0]);
    const { torch } = JSON.parse(await next());
    const stream = new SignalStream(signal, config.inputs, seed);
    const losses: number[] = [];
    return {
      adapter: 'CPU, one core',
      hardware: false,
      driver: `torch ${torch}`,
      async run(steps) {
        child.stdin.write(`${JSON.stringify([...stream.rows(steps)])}\n`);
        const ran: { seconds: number; losses: number[] } = JSON.parse(await next());
        losses.push(...ran.losses);
        return ran.seconds;
      },
      learning: () => learningOf(config, losses),
      async close() {
        child.kill();
        await ended.catch(() => {});
        rmSync(folder, { recursive: true });
      },
    };
  },
});
