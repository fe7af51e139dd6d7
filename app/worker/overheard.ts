import { parseSettings, type Settings } from '../../engine/model/config.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { Trainer } from '../../engine/trainer.ts';
import { plainNetwork } from '../../test/plain-network.ts';
import type { Keeping } from './keeping.ts';
import type { Post } from './progress.ts';
import type { Command, Report } from './protocol.ts';
import { Session } from './session.ts';
import type { SweepReport } from './sweep-protocol.ts';

const { signal } = defaultPreset.settings;

/** Small, so that a test is over soon; and by plain descent, which can diverge. */
export const settings: Settings = parseSettings({
  network: { ...plainNetwork, encoder: [16, 16], columns: 32, winners: 3, cellsPerColumn: 3, decoder: [16] },
  signal,
  seed: 7,
});

export type ReportOf<K extends Report['kind']> = Extract<Report, { kind: K }>;

const opened: Session[] = [];

/** Whoever posts reports is heard here, as a worker hands them over: copied, their buffers gone from the other side. */
export function listen<R extends { readonly kind: string }>() {
  const reports: R[] = [];
  const waiting: { matches: (report: R) => boolean; resolve: () => void }[] = [];
  return {
    reports,
    of: <K extends R['kind']>(kind: K) =>
      reports.filter((report): report is Extract<R, { kind: K }> => report.kind === kind),
    post: (report: R, transfer: Transferable[] = []): void => {
      const received = structuredClone(report, { transfer });
      reports.push(received);
      for (const wait of [...waiting])
        if (wait.matches(received)) {
          waiting.splice(waiting.indexOf(wait), 1);
          wait.resolve();
        }
    },
    /** Resolves at the first report from now on that matches. */
    next: (matches: (report: R) => boolean) =>
      new Promise<void>(resolve => waiting.push({ matches, resolve })),
  };
}

/** A session for tests, and all that it says. */
export function begin(gpu?: GPU, keepingOf?: (post: Post) => Keeping) {
  const { post, ...heard } = listen<Report>();
  const session = new Session(post, gpu, keepingOf?.(post) ?? null);
  opened.push(session);
  return {
    ...heard,
    session,
    send: (command: Command) => session.receive(command),
    open: (changed: Settings = settings, milestones: readonly number[] = []) =>
      session.receive({ kind: 'open', settings: changed, engine: gpu ? 'gpu' : 'cpu', milestones }),
  };
}

export const stopped = (report: Report | SweepReport) => report.kind === 'playing' && !report.playing;
export const beyond = (step: number) => (report: Report) => report.kind === 'progress' && report.step > step;

/** Every step that was reported, with its loss, in the order of the reports. */
export const stepsOf = (progress: readonly ReportOf<'progress'>[]) =>
  progress.flatMap(({ tail }) =>
    tail ? Array.from(tail.loss, (loss, i) => ({ step: tail.firstStep + i, loss })) : [],
  );

/** What the trainer itself loses at each step, on the CPU. */
export async function lossesOf(run: Settings, steps: number): Promise<number[]> {
  const trainer = await Trainer.create(run, { engine: 'cpu' });
  const losses: number[] = [];
  trainer.subscribe(records => losses.push(...records.loss));
  await trainer.run(steps);
  trainer.dispose();
  return losses;
}

/** Disposes of every session that was begun. */
export async function endAll(): Promise<void> {
  await Promise.all(opened.splice(0).map(session => session.dispose()));
}
