import type { StepRecords } from '../../engine/network.ts';
import { Trainer } from '../../engine/trainer.ts';
import { statesKept, stepsBack } from '../time/reach.ts';
import { detailed, frameTensors, Observation } from './observation.ts';
import { type Packed, pack, unpack } from './packed.ts';
import type { Frame } from './protocol.ts';
import type { Anchor, Remembered } from './recollection.ts';
import { canRunFrom, Replay } from './replay.ts';
import type { WeightDetail } from './weight-detail.ts';

/** Steps that are run again from a state before them, up to `end` steps done. */
interface Stretch {
  anchor: Anchor;
  end: number;
}

interface Wish {
  step: number;
  pinned: number | null;
  told: (frame: Frame | null) => void;
}

type PackedFrame = ReadonlyMap<string, Packed>;

/** What a frame has of the step before it need not be kept twice. */
const sameBefore: Readonly<Record<string, string>> = {
  'previous.predictive': 'state.predictive',
  'previous.active': 'state.active',
};

/** A column is looked at closely when the person who goes through the steps rests at one. */
const restMilliseconds = 120;

/**
 * The last steps of a run, run again in a network beside it: in stretches, the newest first, or the one that is asked
 * for. Every step's frame is kept; a column is looked at closely where that is asked for.
 */
export class Reenactment {
  readonly #remembered: Remembered;
  readonly #signal: AbortSignal;
  /** Frames are kept from this step on. */
  readonly #from: number;
  readonly #names: readonly string[];
  readonly #frames = new Map<number, PackedFrame>();
  readonly #todo: Stretch[];
  /** Besides those remembered, states met on the way, so that no step is far from one. */
  readonly #anchors: Anchor[];
  readonly #anchorsApart: number;
  #wish: Wish | null = null;
  #detail: WeightDetail | null = null;
  #looking = new AbortController();
  #rest: ReturnType<typeof setTimeout> | undefined;
  #exact: boolean | null = null;
  /** Resolves when all is run, or it was interrupted. */
  readonly done: Promise<void>;

  constructor(remembered: Remembered, signal: AbortSignal) {
    const { anchors, end } = remembered;
    const { network } = anchors[0]!.checkpoint.settings;
    this.#remembered = remembered;
    this.#signal = signal;
    this.#from = Math.max(end - stepsBack, 1);
    this.#names = frameTensors(network);
    this.#anchors = anchors.filter(anchor => anchor.step < end && canRunFrom(anchor, remembered));
    this.#todo = this.#anchors.map((anchor, i) => ({ anchor, end: this.#anchors[i + 1]?.step ?? end }));
    this.#anchorsApart = Math.ceil(stepsBack / Math.max(1, statesKept(network) - anchors.length));
    this.done = this.#run();
    // Who waits for it hears of a failure; there may be nobody.
    this.done.catch(() => {});
  }

  /** Whether the replay came out where the run did, to the last bit; null as long as it is not there. */
  get exact(): boolean | null {
    return this.#exact;
  }

  /** A tensor as it was after `step` steps; undefined of a step that has not been run again. */
  kept(step: number, name: string): Float32Array | undefined {
    const packed = this.#frames.get(step)?.get(name);
    return packed && unpack(packed);
  }

  /**
   * What the network was like after `step` steps.
   * @param told hears it once it is known, and again with the column `pinned` looked at closely; or null, when it
   * cannot be had or another step was asked for meanwhile
   */
  async frame(step: number, pinned: number | null, told: Wish['told']): Promise<void> {
    this.#wish?.told(null);
    this.#wish = { step, pinned, told };
    this.#answer();
    await this.done;
    if (this.#wish?.told === told) this.#giveUp();
  }

  async #run(): Promise<void> {
    // Whoever asks for a step right away is heard first.
    await null;
    while (this.#todo.length > 0 && !this.#signal.aborted) {
      const step = this.#wish?.step ?? Number.NaN;
      const asked = this.#todo.findIndex(({ anchor, end }) => anchor.step < step && step <= end);
      const [stretch] = this.#todo.splice(asked < 0 ? this.#todo.length - 1 : asked, 1);
      await this.#runStretch(stretch!);
    }
    this.#giveUp();
  }

  async #runStretch({ anchor, end }: Stretch): Promise<void> {
    const replay = await Replay.from(anchor, this.#remembered, this.#signal);
    let last: StepRecords | null = null;
    replay.trainer.subscribe(records => {
      last = records;
    });
    try {
      await replay.runTo(this.#from - 1);
      let before: PackedFrame | undefined;
      let kept = anchor.step;
      while (replay.step < end && !this.#signal.aborted) {
        await replay.runTo(replay.step + 1);
        before = await this.#keep(replay.trainer, before);
        this.#answer();
        if (replay.step - kept < this.#anchorsApart || replay.step === end) continue;
        kept = replay.step;
        this.#anchors.push(await replay.anchor());
      }
      if (replay.step === this.#remembered.end) this.#exact = sameEnd(last, this.#remembered.last);
    } finally {
      replay.dispose();
    }
  }

  async #keep(trainer: Trainer, before: PackedFrame | undefined): Promise<PackedFrame> {
    const { tensors, step } = await trainer.read(this.#names);
    const frame: PackedFrame = new Map(
      Array.from(tensors, ([name, values]) => {
        const same = sameBefore[name];
        return [name, (same && before?.get(same)) || pack(values)];
      }),
    );
    this.#frames.set(step, frame);
    return frame;
  }

  /** Tells of the step that is wished for, if it has been run. */
  #answer(): void {
    const wish = this.#wish;
    const kept = wish && this.#frames.get(wish.step);
    if (!kept) return;
    this.#wish = null;
    const { step, pinned, told } = wish;
    const tell = () => {
      const tensors = new Map(Array.from(kept, ([name, packed]) => [name, unpack(packed)]));
      const known = this.#detail;
      told(detailed({ step, tensors }, known?.column === pinned ? known : null));
    };
    tell();
    clearTimeout(this.#rest);
    if (pinned !== null)
      this.#rest = setTimeout(() => {
        // Where it fails, so does all that the network is asked for, and others tell of it.
        this.#lookClosely(step, pinned).then(
          seen => seen && !this.#wish && tell(),
          () => {},
        );
      }, restMilliseconds);
  }

  /** Fetches the column's weights as they were at a step. @returns whether they are what is wanted still */
  async #lookClosely(step: number, column: number): Promise<boolean> {
    const current = new AbortController();
    this.#looking.abort();
    this.#looking = current;
    const detail = await this.lookInto(step, current.signal, async trainer => {
      const frame = await new Observation(trainer).frame(column, false);
      return frame.column;
    });
    if (detail) this.#detail = detail;
    return detail !== null;
  }

  /**
   * Looks into the network as it was after `step` steps, the last of which it has just run.
   * @returns null when that cannot be had, or `signal` or the run's going on ended it
   */
  async lookInto<T>(
    step: number,
    signal: AbortSignal,
    look: (trainer: Trainer) => Promise<T>,
  ): Promise<T | null> {
    const ended = AbortSignal.any([this.#signal, signal]);
    const before = this.#anchors.filter(anchor => anchor.step < step);
    if (before.length === 0 || step > this.#remembered.end) return null;
    const nearest = before.reduce((best, anchor) => (anchor.step > best.step ? anchor : best));
    // Over so few steps rounding makes no difference that shows, so the network need not be the GPU's.
    const replay = await Replay.from(nearest, this.#remembered, ended, checkpoint =>
      Trainer.resume(checkpoint, { engine: 'cpu' }),
    );
    try {
      await replay.runTo(step);
      if (ended.aborted) return null;
      const seen = await look(replay.trainer);
      return ended.aborted ? null : seen;
    } finally {
      replay.dispose();
    }
  }

  #giveUp(): void {
    this.#wish?.told(null);
    this.#wish = null;
  }
}

/** Whether two batches end in the same step with the same outcome, to the last bit. */
function sameEnd(a: StepRecords | null, b: StepRecords | null): boolean {
  if (!a || !b || a.firstStep + a.count !== b.firstStep + b.count) return false;
  const last = <T extends Float32Array | Uint32Array>(of: (r: StepRecords) => T, r: StepRecords) => {
    const values = of(r);
    return values.subarray(values.length - values.length / r.count);
  };
  const same = (of: (r: StepRecords) => Float32Array | Uint32Array) =>
    last(of, a).every((value, i) => Object.is(value, last(of, b)[i]));
  return same(r => r.prediction) && same(r => r.loss) && same(r => r.winners);
}
