import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { InputNoise } from '../../engine/model/input-noise.ts';
import { learnedTensors } from '../../engine/model/tensors.ts';
import type { NetworkState } from '../../engine/network.ts';

const run = promisify(execFile);
const source = import.meta.dirname;

export interface NativeOptions {
  readonly config: NetworkConfig;
  readonly state: NetworkState;
  /** [warmUp + steps, 2 * inputs]: as many rows of input and target as there are steps. */
  readonly rows: Float32Array;
  /** Steps before the clock starts. */
  readonly warmUp: number;
}

export interface NativeResult {
  readonly stepsPerSecond: number;
  /** The same by the time that the processor gave it: what to compare on a machine that has other work as well. */
  readonly stepsPerProcessorSecond: number;
  /** Root mean square error of the last 1,000 predictions. */
  readonly rmse: number;
  /** Of the first 100 steps at most, before their updates. */
  readonly losses: readonly number[];
}

/** What the C program takes of a network, as `name=value`. */
const settings = [
  'learningRate finalRate decay encoderRate memoryRate biasRate warmup errorClip homeostasisRate conscience',
  'dutyRate beta1 beta2 epsilon optimizer readout prediction unroll',
].flatMap(line => line.split(' ')) as (keyof NetworkConfig)[];

/** @throws when the C program has not what `config` asks for */
function refuse(config: NetworkConfig): void {
  const supported =
    config.inputs === 1 &&
    String(config.encoder) === '256,256' &&
    String(config.decoder) === '256' &&
    config.homeostasis === 'normalise' &&
    config.winnerActivation === 'linear' &&
    config.optimizer !== 'momentum' &&
    config.unroll <= 8;
  if (!supported)
    throw new Error(
      'The C program has one input, layers of 256 units, normalising homeostasis, linear winners, at most 8 unrolled steps, ' +
        'and no momentum.',
    );
}

/** Compiles the program for sizes and for this machine's processor, unless that was done before. Returns its path. */
export async function buildNative({ columns, winners, cellsPerColumn }: NetworkConfig): Promise<string> {
  const flags = ['-O3', '-march=native', '-ffast-math', '-std=gnu17'];
  const sizes = [`-DCOLUMNS=${columns}`, `-DWINNERS=${winners}`, `-DCELLS_PER_COLUMN=${cellsPerColumn}`];
  const hash = createHash('sha256').update([...flags, ...sizes].join(' '));
  for (const file of (await readdir(source)).sort())
    if (/\.[ch]$/.test(file)) hash.update(await readFile(join(source, file)));
  const folder = join(tmpdir(), 'deephtm-native');
  const program = join(folder, hash.digest('hex').slice(0, 16));
  try {
    await access(program);
    return program;
  } catch {
    await mkdir(folder, { recursive: true });
  }
  try {
    await run('gcc', [...flags, ...sizes, '-o', program, join(source, 'main.c'), '-lm']);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new Error(
        'There is no gcc. Install it (Debian: apt-get install gcc libc6-dev) to compare with C.',
        { cause },
      );
    throw cause;
  }
  return program;
}

/** Trains the same network in C, on one core. @throws where there is no gcc, with words on what to do */
export async function runNative({ config, state, rows, warmUp }: NativeOptions): Promise<NativeResult> {
  refuse(config);
  const program = await buildNative(config);
  const given = rows.slice();
  new InputNoise(1).addTo(given, 0, config);
  const folder = await mkdtemp(join(tmpdir(), 'deephtm-native-run-'));
  try {
    const file = join(folder, 'network');
    const weights = learnedTensors(config).map(({ name }) => state.tensors.get(name)!);
    await writeFile(
      file,
      Buffer.concat([...weights, given].map(a => Buffer.from(a.buffer, a.byteOffset, a.byteLength))),
    );
    const steps = String(rows.length / 2 - warmUp);
    const { stdout } = await run(program, [
      file,
      String(warmUp),
      steps,
      ...settings.map(s => `${s}=${config[s]}`),
    ]);
    return JSON.parse(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}
