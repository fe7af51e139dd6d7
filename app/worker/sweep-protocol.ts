import type { EngineChoice, EngineRequest } from '../../engine/engine-choice.ts';
import type { Settings } from '../../engine/model/config.ts';
import type { Sweep } from '../../engine/population/sweep.ts';

/** What the page asks of the worker that sweeps. */
export type SweepCommand =
  /** Makes the networks of a sweep, in place of those there were, and trains them for `steps` steps. */
  | { kind: 'start'; id: number; settings: Settings; sweep: Sweep; steps: number; engine: EngineRequest }
  /** Trains on to the steps that were asked for. */
  | { kind: 'play' }
  | { kind: 'pause' }
  /** Pauses for good: the steps done are all that there will be. */
  | { kind: 'stop' }
  /** Asks for a network as a weights file. Training goes on. */
  | { kind: 'save'; member: number };

/** How one network does over its last 1,000 steps. */
export interface MemberFigures {
  rmse: number;
  /** rmse over that of repeating the present value; null where the signal stands still. */
  ratio: number | null;
  columnsInUse: number;
  /** Share of winners that burst. */
  burstRate: number;
  /** Steps done when it had diverged, which is where its figures end; null while it has not. */
  divergedAt: number | null;
}

/** What the worker tells the page of the sweep that was started with this id: one that was replaced may have last words. */
export type SweepReport = { id: number } & SweepNews;

export type SweepNews =
  /** The networks stand: at step 0, or where they go on from after a loss. */
  | { kind: 'started'; choice: EngineChoice }
  /** At most four a second. */
  | {
      kind: 'progress';
      step: number;
      /** Of all networks together. */
      stepsPerSecond: number;
      members: readonly MemberFigures[];
      /** Members from the best to the worst. */
      ranking: readonly number[];
      /** For each member its error over the run: a step and an RMSE, the next step and its RMSE, and so on. */
      curves: readonly Float32Array<ArrayBuffer>[];
    }
  /** Training began, or ended: because it was asked to, or, if `done`, because no more steps are to come. */
  | { kind: 'playing'; playing: boolean; done: boolean }
  | { kind: 'saved'; member: number; step: number; bytes: Uint8Array<ArrayBuffer> }
  /** A network could not be saved; the sweep is as it was. */
  | { kind: 'unsaved'; member: number; message: string }
  /**
   * The GPU is gone after `step` steps, and the networks with it. Where `again`, they are made again, there or on the CPU,
   * as they were at step `from` (null: at step 0, being too large to be kept), and train to where they were to go: `started`
   * comes next; or `lost` once more, without `again`, where it was stopped meanwhile. Without it what was last told of the
   * networks holds; they can still be saved, as they were at step `from`, unless that is null.
   */
  | { kind: 'lost'; step: number; from: number | null; again: boolean }
  /** The networks could not be made, or are gone. */
  | { kind: 'failed'; name: string; message: string };

export type ProgressReport = Extract<SweepNews, { kind: 'progress' }>;
