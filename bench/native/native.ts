import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { access, mkdir, mkdtemp, open, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { InputNoise } from '../../engine/model/input-noise.ts';
import { learnedTensors } from '../../engine/model/tensors.ts';
import type { NetworkState } from '../../engine/network.ts';

const run = promisify(execFile);
const source = import.meta.dirname;

/** What a run is given. */
export interface NativeLesson {
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

/** A network for the C program, which begins every run with its first weights. */
export interface NativeNetwork {
  /** Trains it on one core. */
  run(lesson: NativeLesson): Promise<NativeResult>;
  close(): Promise<void>;
}

/** @throws where there is no gcc, with words on what to do, and where the C program has not what `config` asks for */
export async function openNative(config: NetworkConfig, state: NetworkState): Promise<NativeNetwork> {
  refuse(config);
  const program = await buildNative(config);
  const folder = await mkdtemp(join(tmpdir(), 'deephtm-native-run-'));
  const file = join(folder, 'weights');
  await writeWeights(
    file,
    learnedTensors(config).map(({ name }) => state.tensors.get(name)!),
  );
  return {
    async run({ rows, warmUp }) {
      const given = rows.slice();
      new InputNoise(1).addTo(given, 0, config);
      const steps = String(rows.length / 2 - warmUp);
      const running = run(program, [file, String(warmUp), steps, ...settings.map(s => `${s}=${config[s]}`)]);
      // Where the program ends before it has read them, its own words tell more.
      running.child.stdin!.on('error', () => {});
      running.child.stdin!.end(bytesOf(given));
      return JSON.parse((await running).stdout);
    },
    close: () => rm(folder, { recursive: true }),
  };
}

/** One run of a network that is then forgotten. @throws as `openNative` */
export async function runNative({
  config,
  state,
  ...lesson
}: NativeLesson & { config: NetworkConfig; state: NetworkState }): Promise<NativeResult> {
  const network = await openNative(config, state);
  try {
    return await network.run(lesson);
  } finally {
    await network.close();
  }
}

/** Floats written at a time: the weights of large networks are more bytes than Node writes at once. */
const pieceLength = 2 ** 24;

async function writeWeights(path: string, arrays: readonly Float32Array[]): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const values of arrays)
      for (let at = 0; at < values.length; at += pieceLength)
        await file.writeFile(bytesOf(values.subarray(at, at + pieceLength)));
  } finally {
    await file.close();
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
