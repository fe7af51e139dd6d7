import { parseSettings, type Settings } from '../../engine/model/config.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { Trainer } from '../../engine/trainer.ts';
import { plainNetwork } from '../../test/plain-network.ts';
import type { Keeping } from './keeping.ts';
import type { Post } from './progress.ts';
import type { Command, Report } from './protocol.ts';
import { Session } from './session.ts';

const { signal } = defaultPreset.settings;

/** Small, so that a test is over soon; and by plain descent, which can diverge. */
export const settings: Settings = parseSettings({
  network: { ...plainNetwork, encoder: [16, 16], columns: 32, winners: 3, cellsPerColumn: 3, decoder: [16] },
  signal,
  seed: 7,
});

type Kind = Report['kind'];
export type ReportOf<K extends Kind> = Extract<Report, { kind: K }>;

const opened: Session[] = [];

/** A session for tests, and all that it says. */
export function begin(gpu?: GPU, keepingOf?: (post: Post) => Keeping) {
  const reports: Report[] = [];
  const waiting: { matches: (report: Report) => boolean; resolve: () => void }[] = [];
  const post: Post = (report, transfer = []) => {
    // As a worker hands it over: copied, its buffers gone from this side.
    const received = structuredClone(report, { transfer });
    reports.push(received);
    for (const wait of [...waiting])
      if (wait.matches(received)) {
        waiting.splice(waiting.indexOf(wait), 1);
        wait.resolve();
      }
  };
  const session = new Session(post, gpu, keepingOf?.(post) ?? null);
  opened.push(session);
  const of = <K extends Kind>(kind: K) => reports.filter((r): r is ReportOf<K> => r.kind === kind);
  return {
    session,
    reports,
    of,
    send: (command: Command) => session.receive(command),
    open: (changed: Settings = settings, milestones: readonly number[] = []) =>
      session.receive({ kind: 'open', settings: changed, engine: gpu ? 'gpu' : 'cpu', milestones }),
    /** Resolves at the first report from now on that matches. */
    next: (matches: (report: Report) => boolean) =>
      new Promise<void>(resolve => waiting.push({ matches, resolve })),
  };
}

export const stopped = (report: Report) => report.kind === 'playing' && !report.playing;
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
