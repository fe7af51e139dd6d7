import { originOf } from '../../engine/data/data-origin.ts';
import type { Settings } from '../../engine/model/config.ts';
import type { Mode } from '../../engine/network.ts';
import { nearestPreset } from '../address/nearest-preset.ts';
import { heldRuns, hold, type Release } from '../storage/holding.ts';
import type { RunRecord, RunToKeep } from '../storage/record.ts';
import type { RunStore } from '../storage/run-store.ts';
import { encoded, mayBeKept, momentBytes } from './keepable.ts';
import { keepMilliseconds, pauseAfterKeeping } from './keeping-pace.ts';
import type { KeptMoment } from './kept-moment.ts';
import type { LiveRun } from './live-run.ts';
import type { Moment } from './milestone-moments.ts';
import type { Post } from './progress.ts';

const leastWait = 200;
const longestPause = 15_000;
/** A page that is going away may still hold its run for a moment. */
const patience = 2000;

/** A kept run that this page goes on with. */
export interface TakenUp {
  record: RunRecord;
  checkpoint: Uint8Array<ArrayBuffer>;
  /** Milestones that can be gone back to. */
  moments: KeptMoment[];
  release: Release;
}

/** What a run is kept as. */
interface Identity {
  id: string;
  /** Lets go of it; null until it is kept for the first time. */
  release: Release | null;
  /** What was last taken of it to be kept. */
  last: { step: number; settings: Settings; mode: Readonly<Mode>; training: boolean } | null;
  /** Of each milestone's moment, what was kept last. */
  moments: Map<number, Moment>;
}

/** A kept run cannot be gone on with; the message says why. */
export class NotKeptError extends Error {
  override readonly name = 'NotKeptError';
}

/** Unlike `randomUUID`, on pages that are not secure too. */
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(12)), byte => byte.toString(16).padStart(2, '0')).join('');

/** Keeps the run in the browser as it trains: now and then, at milestones, when it stops and when the page goes. */
export class Keeping {
  readonly #post: Post;
  readonly #writer = newId();
  #store: Promise<RunStore> | null = null;
  #run: LiveRun | null = null;
  #identity: Identity = { id: newId(), release: null, last: null, moments: new Map() };
  #unsubscribe = (): void => {};
  #milestones = 0;
  #beganAt = 0;
  #nextAt = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pause = keepMilliseconds;
  /** Writes follow each other. */
  #writing: Promise<void> = Promise.resolve();
  #waiting = 0;
  #problem: string | null = null;

  constructor(post: Post) {
    this.#post = post;
  }

  /** The id of the run that stands. */
  get id(): string {
    return this.#identity.id;
  }

  /** Makes a kept run this page's own. @throws NotKeptError */
  async takeUp(id: string): Promise<TakenUp> {
    const release = await hold(id, patience);
    if (!release)
      throw new NotKeptError('It is open in another tab. Close it there, or go on with it there.');
    try {
      const store = await this.#open();
      const [record, checkpoint, stored] = await Promise.all([
        store.get(id),
        store.checkpoint(id),
        store.moments(id),
      ]);
      if (!record) throw new NotKeptError('It is not kept any more: it was deleted, or had to make room.');
      if (!('version' in record)) throw new NotKeptError(`It cannot be read: it ${record.reason}.`);
      if (!checkpoint)
        throw new NotKeptError('Its weights were not kept. Its link starts it again from step 0.');
      await store.change(id, { writer: this.#writer });
      const { readMoment } = await import('./kept-moment.ts');
      // A run that went back before a milestone has not passed it, until it does again.
      const passed = new Set(record.milestones.map(milestone => milestone.step));
      const moments = stored
        .flatMap(moment => readMoment(moment, record.settings.network) ?? [])
        .filter(moment => passed.has(moment.step));
      return { record, checkpoint, moments, release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** A run begins: one of its own, or one that was kept. */
  begin(takenUp: TakenUp | null): void {
    const before = this.#identity;
    this.#writing = this.#writing.then(() => before.release?.());
    this.#identity = {
      id: takenUp?.record.id ?? newId(),
      release: takenUp?.release ?? null,
      last: null,
      moments: new Map(takenUp?.moments.map(moment => [moment.step, moment])),
    };
    this.#milestones = takenUp?.record.milestones.length ?? 0;
    this.#beganAt = performance.now();
    this.#nextAt = this.#beganAt + keepMilliseconds;
    if (takenUp) this.#post({ kind: 'stored', id: this.#identity.id, step: takenUp.record.step });
  }

  /** The run goes on in `run`. */
  follow(run: LiveRun): void {
    this.#unsubscribe();
    this.#run = run;
    this.#unsubscribe = run.trainer.subscribe(() => {
      const passed = run.progress.milestones > this.#milestones;
      // A run that rested is to be known as one that trains.
      const begins = this.#identity.last?.training === false;
      if (this.#waiting === 0 && (passed || begins || performance.now() >= this.#nextAt))
        void this.keep(true);
      else this.#timer ??= this.#keepLater();
    });
  }

  /** So that the last of many single steps are kept, too. */
  #keepLater(): ReturnType<typeof setTimeout> {
    const wait = Math.max(leastWait, this.#nextAt - performance.now());
    return setTimeout(() => {
      this.#timer = this.#waiting > 0 ? this.#keepLater() : undefined;
      if (!this.#timer) void this.keep(true);
    }, wait);
  }

  /** Training has ended: a run of a few steps that nobody waited for is not kept. */
  async rest(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#identity.release || performance.now() >= this.#nextAt - keepMilliseconds / 2)
      await this.keep(false);
  }

  /** Keeps the run as it is now. @returns when its state has been taken; it is written after that */
  async keep(training: boolean): Promise<void> {
    const run = this.#run;
    if (!run || run.trainer.step === 0) return;
    const { trainer, progress, choice } = run;
    const identity = this.#identity;
    const now = { step: trainer.step, settings: trainer.settings, mode: trainer.mode, training };
    if (isSame(identity.last, now)) return;
    identity.last = now;
    const begun = performance.now();
    this.#waiting++;
    try {
      // What diverged is not worth going on with: the checkpoint before it stays.
      const checkpoint =
        mayBeKept(trainer.settings) && run.divergedAt === null ? await trainer.checkpoint() : null;
      const taking = performance.now() - begun;
      const { settings, mode } = trainer;
      const measured = progress.measured();
      this.#milestones = measured.milestones.length;
      const step = checkpoint?.state.clock.step ?? trainer.step;
      const kept = {
        name: nameOf(run),
        settings,
        data: originOf(trainer.data),
        mode,
        engine: choice.engine,
        step,
        training,
        ...measured,
      };
      this.#writing = this.#writing.then(async () => {
        const bytes = checkpoint && encoded(checkpoint);
        const write = async () => {
          await this.#write(identity, kept, bytes && { bytes, step }, taking);
          // A milestone just passed has been looked at by now.
          await this.#writeMoments(identity, run.moments.all);
        };
        await write().catch(error => {
          identity.last = null;
          return this.#fail(error, bytes?.byteLength);
        });
      });
      const written = () => {
        this.#waiting--;
      };
      this.#writing.then(written, written);
    } catch {
      // A lost device, which the session hears of by itself.
      this.#waiting--;
    }
  }

  /** Lets go of the run, once all of it is written. */
  async dispose(): Promise<void> {
    this.#unsubscribe();
    clearTimeout(this.#timer);
    await this.#writing;
    this.#identity.release?.();
    await (await this.#store)?.close();
  }

  async #write(
    identity: Identity,
    run: Omit<RunToKeep, 'id' | 'writer'>,
    checkpoint: { bytes: Uint8Array; step: number } | null,
    taking: number,
  ): Promise<void> {
    const store = await this.#open();
    const isNew = identity.release === null;
    identity.release ??= await hold(identity.id);
    const begun = performance.now();
    const keep = () => store.keep({ ...run, id: identity.id, writer: this.#writer }, checkpoint);
    const record = await keep().catch(error => {
      if (error.name !== 'TakenError') throw error;
      // Another page goes on with it, and this one with a copy.
      identity.id = newId();
      identity.moments.clear();
      return keep();
    });
    this.#problem = null;
    this.#pause = keepMilliseconds;
    const now = performance.now();
    this.#nextAt = now + pauseAfterKeeping(record.bytes, taking + now - begun, now - this.#beganAt);
    if (identity === this.#identity) this.#post({ kind: 'stored', id: record.id, step: record.step });
    if (isNew) await store.makeRoom(await heldRuns());
  }

  /** Once each; where there is no room for one, the run can still be gone on with. */
  async #writeMoments(identity: Identity, moments: readonly Moment[]): Promise<void> {
    const store = await this.#open();
    for (const moment of moments) {
      if (identity.moments.get(moment.step) === moment) continue;
      identity.moments.set(moment.step, moment);
      const checkpoint = momentBytes(moment);
      const whole = { ...moment, checkpoint };
      await store
        .keepMoment(identity.id, whole)
        .catch(() => store.keepMoment(identity.id, { ...whole, checkpoint: null }))
        .catch(() => {});
    }
  }

  async #fail({ name, message }: Error, needed = 0): Promise<void> {
    this.#pause = Math.min(longestPause, 2 * this.#pause);
    this.#nextAt = performance.now() + this.#pause;
    if (this.#problem === name) return;
    this.#problem = name;
    // What it says of how much is left is no more than a guess, and often a wrong one.
    const { usage = null } = (await navigator.storage?.estimate().catch(() => null)) ?? {};
    this.#post({ kind: 'notStored', name, message, needed, usage });
  }

  async #open(): Promise<RunStore> {
    this.#store ??= import('../storage/run-store.ts').then(({ RunStore }) => new RunStore());
    return this.#store;
  }
}

const isSame = (before: Identity['last'], now: NonNullable<Identity['last']>): boolean =>
  before !== null &&
  before.step === now.step &&
  before.settings === now.settings &&
  before.mode === now.mode &&
  before.training === now.training;

/** As in `Two sines, 21 Nov, 14:05`, or after the file of a person's own data. */
function nameOf(run: LiveRun): string {
  const { data, settings } = run.trainer;
  const learned = data?.name ?? nearestPreset(settings).preset.label;
  const [month, day, hour, minute] = ['short', 'numeric', 'numeric', '2-digit'] as const;
  const date = new Intl.DateTimeFormat(undefined, { month, day, hour, minute });
  return `${learned.slice(0, 100)}, ${date.format(new Date())}`;
}
