import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createCpuNetwork } from '../../engine/cpu/network.ts';
import { SignalStream } from '../../engine/data/stream.ts';
import type { Checkpoint } from '../../engine/file/checkpoint.ts';
import { rootMeanSquare } from '../../engine/measure/wave-shape.ts';
import type { Settings } from '../../engine/model/config.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { defaultPreset, presets } from '../../engine/model/presets.ts';
import { learnedTensors } from '../../engine/model/tensors.ts';
import type { Network } from '../../engine/network.ts';
import { nextTask } from '../../engine/pacing.ts';

/** Steps learned before anything is measured, steps of one window, and steps measured. */
export interface DriftLengths {
  settle: number;
  window: number;
  steps: number;
}

export const fullLengths: DriftLengths = { settle: 20_000, window: 10_000, steps: 1_000_000 };
/** Equal parts of a window; between them the memory's state is looked at. */
const parts = 16;
const statistics = ['pooler.mean', 'pooler.variance', 'pooler.duty'];
const stateNames = ['state.predictive', 'state.active'];

export interface DriftRun {
  readonly name: string;
  readonly label: string;
  readonly settings: Settings;
  /** Whether it stops to learn once it has settled. */
  readonly frozen: boolean;
}

/** What the goals are asked of. */
export const sineRuns = [50, 62.83].flatMap((period): DriftRun[] => {
  const { settings: standard } = defaultPreset;
  const settings = { ...standard, signal: { ...standard.signal, period } };
  return [
    { name: `sine-${period}-learning`, label: `Sine, period ${period}, learning`, settings, frozen: false },
    { name: `sine-${period}-frozen`, label: `Sine, period ${period}, frozen`, settings, frozen: true },
  ];
});

/** Streams that are partly chance, at the rate of their presets and at the default's. */
const partlyChance = ['noisy-sine', 'high-order'].flatMap((name): DriftRun[] => {
  const { label, settings } = presets.find(preset => preset.name === name)!;
  const { finalRate, decay } = defaultPreset.settings.network;
  const usual = { ...settings, network: { ...settings.network, finalRate, decay } };
  return [
    { name: `${name}-learning`, label: `${label}, learning`, settings, frozen: false },
    { name: `${name}-usual-rate`, label: `${label}, at the default's rate`, settings: usual, frozen: false },
  ];
});

export const driftRuns: readonly DriftRun[] = [...sineRuns, ...partlyChance];

/** Of one tensor, as root mean squares: when settled, and the most at the end of any window from there on. */
export interface Growth {
  start: number;
  most: number;
}

/** What is known of a long run so far; grows window by window. */
export interface DriftProgress {
  name: string;
  /** Steps measured. */
  done: number;
  /** RMSE of each window. */
  rmse: number[];
  /** Predictions that were no finite number. */
  bad: number;
  growth: Record<string, Growth>;
  /**
   * Resident memory in MB of each process that had a part in it, when that had run as many steps as are left to settle,
   * and at its last window.
   */
  memory: { start: number; end: number }[];
}

/** What `keep` gets after every window: enough to go on from there in another process. */
export interface DriftCheckpoint {
  progress: DriftProgress;
  checkpoint: Checkpoint;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What the process needs: garbage is collected first, whose amount says when the collector last saw fit. */
function residentMegabytes(): number {
  collectGarbage();
  return Math.round(process.memoryUsage().rss / 2 ** 20);
}

/**
 * Runs a network until it is done, or stops early where `keep` answers false.
 * @param from where an earlier process stopped
 */
export async function runDrift(
  run: DriftRun,
  lengths: DriftLengths,
  from: DriftCheckpoint | null,
  keep: (checkpoint: DriftCheckpoint) => boolean,
): Promise<DriftProgress> {
  const { settings } = run;
  const { network: config, signal, seed } = settings;
  const network = createCpuNetwork(config, from?.checkpoint.state ?? initialState(config, seed));
  const source = new SignalStream(signal, config.inputs, seed, from?.checkpoint.stream);
  const names = [...learnedTensors(config).map(t => t.name), ...statistics];
  const progress = from?.progress ?? (await settle(run, lengths, network, source, names));
  network.setMode({ learning: !run.frozen });
  let ran = 0;
  const piece = { start: 0, end: 0 };
  while (progress.done < lengths.steps) {
    // The engine never yields by itself, and an interrupt has to be heard.
    await nextTask();
    const window = await runWindow(network, source, lengths.window, names);
    progress.done += lengths.window;
    ran += lengths.window;
    progress.rmse.push(window.rmse);
    progress.bad += window.bad;
    for (const [name, size] of window.sizes) {
      const growth = progress.growth[name];
      if (growth) growth.most = Math.max(growth.most, size);
      else progress.growth[name] = { start: size, most: size };
    }
    piece.end = residentMegabytes();
    if (ran <= lengths.settle) piece.start = piece.end;
    if (ran === lengths.window) progress.memory.push(piece);
    const checkpoint = { settings, stream: source.state(), state: await network.state() };
    if (!keep({ progress, checkpoint })) break;
  }
  network.dispose();
  return progress;
}

async function settle(
  run: DriftRun,
  { settle, window }: DriftLengths,
  network: Network,
  source: SignalStream,
  names: readonly string[],
): Promise<DriftProgress> {
  for (let left = settle; left > 0; left -= window) await network.run(source.rows(Math.min(left, window)));
  const sizes = await sizesOf(network, names);
  const growth = Object.fromEntries([...sizes].map(([name, size]) => [name, { start: size, most: size }]));
  return { name: run.name, done: 0, rmse: [], bad: 0, growth, memory: [] };
}

async function sizesOf(network: Network, names: readonly string[]): Promise<Map<string, number>> {
  return new Map([...(await network.read(names))].map(([name, values]) => [name, rootMeanSquare(values)]));
}

/** @returns sizes of `names` at the window's end, and of the memory's state, which goes up and down, over its parts */
async function runWindow(network: Network, source: SignalStream, steps: number, names: readonly string[]) {
  const states = new Map(stateNames.map(name => [name, 0]));
  let squares = 0;
  let values = 0;
  let bad = 0;
  for (let part = 0; part < parts; part++) {
    const { prediction, target } = await network.run(source.rows(steps / parts));
    values += prediction.length;
    for (let i = 0; i < prediction.length; i++) {
      if (!Number.isFinite(prediction[i])) bad++;
      squares += (prediction[i]! - target[i]!) ** 2;
    }
    for (const [name, size] of await sizesOf(network, stateNames))
      states.set(name, Math.hypot(states.get(name)!, size / Math.sqrt(parts)));
  }
  const sizes = new Map([...(await sizesOf(network, names)), ...states]);
  return { rmse: Math.sqrt(squares / values), bad, sizes };
}
