import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { parseSweepRange, planSweep } from '../../engine/population/sweep.ts';
import type { Command } from '../worker/protocol.ts';
import type { SweepCommand, SweepNews } from '../worker/sweep-protocol.ts';

/** What a worker was asked for, in a place where there is none. */
class WorkerOnPaper extends EventTarget {
  static readonly all = new Map<string, WorkerOnPaper>();
  readonly asked: (Command | SweepCommand)[] = [];

  constructor(_: URL, { name }: { name: string }) {
    super();
    WorkerOnPaper.all.set(name, this);
  }

  postMessage(command: Command | SweepCommand): void {
    this.asked.push(command);
  }

  /** What it was asked for since it was last looked at. */
  take(): unknown[] {
    return this.asked.splice(0).map(({ kind }) => kind);
  }
}

let run: typeof import('../state/run.ts');
let slow: typeof import('../state/slow-motion.ts');
let sweep: typeof import('./sweep-run.ts');
const worker = (name: string) => WorkerOnPaper.all.get(name)!;

beforeEach(async () => {
  vi.resetModules();
  vi.stubGlobal('Worker', WorkerOnPaper);
  [run, slow, sweep] = await Promise.all([
    import('../state/run.ts'),
    import('../state/slow-motion.ts'),
    import('./sweep-run.ts'),
  ]);
  run.useRun.setState({ status: 'playing', until: null });
});

afterEach(() => vi.unstubAllGlobals());

const told = (news: SweepNews) =>
  worker('sweep').dispatchEvent(new MessageEvent('message', { data: { id: 1, ...news } }));

function start(): void {
  const { applied } = run.useRun.getState();
  sweep.startSweep(planSweep(applied, [parseSweepRange('learningRate=0.1,0.2')]), 500);
  expect(worker('training').take()).toEqual(['pause']);
  run.useRun.setState({ status: 'paused' });
  expect(worker('sweep').take()).toEqual(['start']);
}

it('holds the run that plays, and lets it go on where it was going once the sweep is over', () => {
  run.useRun.setState({ until: 9000 });
  start();
  told({ kind: 'playing', playing: true, done: false });
  expect(worker('training').take()).toEqual([]);
  told({ kind: 'playing', playing: false, done: true });
  expect(worker('training').asked.splice(0)).toMatchObject([{ kind: 'play', until: 9000 }]);
  expect(sweep.useSweep.getState().status).toBe('done');
});

it('pauses when the run is played, also while it is still being made, and leaves the run alone then', () => {
  start();
  run.useRun.setState({ status: 'playing' });
  expect(worker('sweep').take()).toEqual(['pause']);
  told({ kind: 'playing', playing: true, done: false });
  told({ kind: 'playing', playing: false, done: false });
  expect(sweep.useSweep.getState().status).toBe('paused');
  sweep.stopSweep();
  expect(worker('training').take()).toEqual([]);
});

it('over, it lets a run that is in slow motion by then go on step by step', async () => {
  start();
  slow.useSlowMotion.setState({ on: true, playing: false });
  told({ kind: 'playing', playing: false, done: true });
  expect(slow.useSlowMotion.getState().playing).toBe(true);
  await vi.waitFor(() => expect(worker('training').take()).toEqual(['closeUp']));
});
