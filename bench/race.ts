import { type Contestant, type Entry, type Learning, sizeOf } from './contestant.ts';
import { median, spread } from './statistics.ts';

export interface RaceOptions {
  /** Measurements of each. */
  readonly rounds: number;
  /** How long one takes, about. */
  readonly seconds: number;
  /** Told what is being done. */
  readonly onProgress?: (doing: string) => void;
}

/** A row of the table. */
export interface Row {
  readonly id: string;
  readonly engine: string;
  readonly driver: string | null;
  readonly adapter: string;
  readonly hardware: boolean;
  readonly size: string;
  readonly readout: string;
  readonly optimizer: string;
  readonly preset: string | null;
  readonly networks: number;
  /** Of all networks together, the median; null where it does not run here. */
  readonly stepsPerSecond: number | null;
  /** Median of the ratios to native C in the same round; null where native C did not run. */
  readonly ratio: number | null;
  /** Of those ratios, or of the speeds where there are none (`statistics.ts`). */
  readonly spread: number | null;
  /** Bytes per second that the steps move, as a share of what a copy moves. */
  readonly bandwidthShare: number | null;
  readonly learning: Learning | null;
  /** Why it does not run here. */
  readonly problem: string | null;
}

interface Runner {
  readonly entry: Entry;
  readonly contestant: Contestant;
  steps: number;
  readonly speeds: number[];
}

/** Steps in a first measurement, which finds out how many make one of the wanted length. */
const firstSteps = 4;

/**
 * Measures contestants in turn, round by round, each round beginning with another: what slows the machine for a while
 * slows all of them.
 */
export async function race(
  entries: readonly Entry[],
  { rounds, seconds, onProgress = () => {} }: RaceOptions,
): Promise<Row[]> {
  const problems = new Map<string, string>();
  const runners: Runner[] = [];
  const fail = (entry: Entry, error: unknown) =>
    problems.set(entry.id, firstLine(error instanceof Error ? error.message : String(error)));
  const drop = async (runner: Runner, error: unknown) => {
    fail(runner.entry, error);
    runners.splice(runners.indexOf(runner), 1);
    await runner.contestant.close().catch(() => {});
  };
  try {
    for (const entry of entries)
      try {
        onProgress(entry.id);
        const runner = { entry, contestant: await entry.open(), steps: firstSteps, speeds: [] };
        runners.push(runner);
        await prepare(runner, seconds).catch(error => drop(runner, error));
      } catch (error) {
        fail(entry, error);
      }
    for (let round = 0; round < rounds; round++) {
      onProgress(`round ${round + 1} of ${rounds}`);
      const first = round % Math.max(runners.length, 1);
      for (const runner of [...runners.slice(first), ...runners.slice(0, first)])
        try {
          const time = await runner.contestant.run(runner.steps);
          runner.speeds.push((runner.steps * runner.entry.networks) / time);
        } catch (error) {
          await drop(runner, error);
        }
    }
    const speeds = new Map(runners.map(runner => [runner.entry.id, runner.speeds]));
    const rows = new Map<string, Row>();
    for (const runner of runners)
      rows.set(runner.entry.id, await rowOf(runner, speeds.get(runner.entry.reference ?? runner.entry.id)));
    return entries.map(entry => rows.get(entry.id) ?? failedRow(entry, problems.get(entry.id)!));
  } finally {
    for (const { contestant } of runners) await contestant.close().catch(() => {});
  }
}

/** Warms up for as long as a measurement takes, and finds how many steps that is. */
async function prepare(runner: Runner, seconds: number): Promise<void> {
  for (let total = 0; ; ) {
    const time = await runner.contestant.run(runner.steps);
    total += time;
    const fitting = Math.max(1, Math.round((runner.steps * seconds) / time));
    // The first steps are slow, and tell little of those after them.
    runner.steps = Math.min(fitting, runner.steps * 4);
    if (total >= seconds && time >= seconds / 2) return;
  }
}

const common = ({ id, engine, config, preset, networks }: Entry) => ({
  id,
  engine,
  size: sizeOf(config),
  readout: config.readout,
  optimizer: config.optimizer,
  preset: preset ?? null,
  networks,
});

async function rowOf(
  { entry, contestant, speeds }: Runner,
  base: readonly number[] | undefined,
): Promise<Row> {
  const ratios = base ? speeds.map((speed, round) => speed / base[round]!) : null;
  const stepsPerSecond = median(speeds);
  const { adapter, hardware, driver, traffic } = contestant;
  return {
    ...common(entry),
    driver,
    adapter,
    hardware,
    stepsPerSecond,
    ratio: ratios ? median(ratios) : null,
    spread: spread(ratios ?? speeds),
    bandwidthShare: traffic ? (stepsPerSecond * traffic.bytesPerStep) / traffic.copyBytesPerSecond : null,
    learning: (await contestant.learning?.()) ?? null,
    problem: null,
  };
}

const failedRow = (entry: Entry, problem: string): Row => ({
  ...common(entry),
  driver: null,
  adapter: '–',
  hardware: false,
  stepsPerSecond: null,
  ratio: null,
  spread: null,
  bandwidthShare: null,
  learning: null,
  problem,
});

const firstLine = (message: string): string => message.split('\n')[0]!.slice(0, 300);
