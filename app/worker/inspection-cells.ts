import type { NetworkConfig } from '../../engine/model/config.ts';
import { cellCount } from '../../engine/model/tensors.ts';
import type { StepRecords } from '../../engine/network.ts';
import type { StepTrace, Trainer } from '../../engine/trainer.ts';
import { stepsBack } from '../time/reach.ts';
import type { CellStretch } from './inspection-views.ts';
import type { Reenactment } from './reenactment.ts';

/** Steps that are kept until they are asked for: at most so many, in at most so many bytes. */
const mostSteps = 256;
const mostBytes = 2 ** 24;
/** Steps looked at in a row, on a GPU for how long at most, and the part of the time that this may take in all. */
const stretchSteps = 128;
const stretchMilliseconds = 1000;
const timeShare = 0.12;
/** Of a stretch that has just begun nothing is handed over for so long: views would empty and fill again and again. */
const freshMilliseconds = 1200;
/** On the CPU a look takes about a tenth of a millisecond: of a step that takes so many, it is no great part. */
const longStep = 2;

interface Look {
  readonly step: number;
  readonly input: Float32Array;
  readonly winners: Uint32Array;
  /** Of all cells. */
  readonly predicted: Float32Array;
  readonly active: Float32Array;
}

/**
 * Looks at what cells do, step by step, while somebody watches. A step that is looked at runs by itself and is read, for
 * which a GPU would wait and a CPU yields; so fast runs are looked at in stretches.
 */
export class CellTrace implements StepTrace {
  readonly names = ['previous.predictive', 'state.active'];
  readonly #trainer: Trainer;
  readonly #most: number;
  readonly #onCpu: boolean;
  #watched = false;
  #looks: Look[] = [];
  #left = 0;
  #next = Number.NEGATIVE_INFINITY;
  #stretchBegan = 0;
  #spent = 0;
  #lastLook = 0;
  /** The first step that was looked at after some that were not, and when that was. */
  #fresh = { step: 0, since: Number.NEGATIVE_INFINITY };
  #lastStep = Number.NaN;
  /** When the steps under way began. */
  readonly #begun: number[] = [];

  constructor(trainer: Trainer) {
    this.#trainer = trainer;
    this.#onCpu = trainer.choice.engine === 'cpu';
    this.#most = Math.max(1, Math.min(mostSteps, mostBytes / (4 * cellCount(trainer.settings.network))));
  }

  watch(watched: boolean): void {
    if (watched === this.#watched) return;
    this.#watched = watched;
    this.#looks = [];
    this.#lastStep = Number.NaN;
    this.#trainer.trace(watched ? this : null);
  }

  wanted(now = performance.now()): boolean {
    if (!this.#onCpu && this.#spent > stretchMilliseconds) this.#end();
    if (this.#left === 0) {
      if (now < this.#next) return false;
      this.#left = stretchSteps;
      this.#stretchBegan = now;
      this.#spent = 0;
    }
    this.#left--;
    this.#begun.push(now);
    return true;
  }

  look(records: StepRecords, tensors: ReadonlyMap<string, Float32Array>, now = performance.now()): void {
    // Several are under way at a time, which is not to be counted twice.
    this.#spent += now - Math.max(this.#begun.shift() ?? now, this.#lastLook);
    this.#lastLook = now;
    if (records.firstStep !== this.#lastStep + 1) this.#fresh = { step: records.firstStep, since: now };
    this.#lastStep = records.firstStep;
    if (this.#left === 0) this.#end();
    this.#keep(records.firstStep, records.input, records.winners, tensors);
  }

  /** Slow runs are mostly waiting, and their stretches follow one another without a gap. */
  #end(): void {
    const steps = stretchSteps - this.#left;
    this.#left = 0;
    if (this.#onCpu && this.#spent > longStep * steps) return;
    this.#next = this.#stretchBegan + this.#spent / timeShare;
  }

  /**
   * Hands over what was not handed over yet; the present step, where there is nothing and none is about to come. Of a
   * run under way a stretch that has just begun waits for its end.
   */
  async take(now = performance.now()): Promise<CellStretch[]> {
    const moreToCome = this.#trainer.running && !Number.isNaN(this.#lastStep);
    if (this.#looks.length === 0 && this.#trainer.step > 0 && !moreToCome) await this.#lookNow();
    const { step, since } = this.#fresh;
    const waits = this.#trainer.running && this.#left > 0 && now - since < freshMilliseconds;
    const looks = waits ? this.#looks.filter(look => look.step < step) : this.#looks;
    this.#looks = this.#looks.slice(looks.length);
    return stretchesOf(looks, this.#trainer.settings.network);
  }

  async #lookNow(): Promise<void> {
    const { step, tensors } = await this.#trainer.read([...this.names, 'activity.input', 'activity.winners']);
    const winners = Uint32Array.from(tensors.get('activity.winners')!);
    // Steps may have been looked at meanwhile; and a file does not hold who won the last one.
    if (this.#looks.length > 0 || new Set(winners).size < winners.length) return;
    this.#keep(step - 1, tensors.get('activity.input')!, winners, tensors);
  }

  #keep(
    step: number,
    input: Float32Array,
    winners: Uint32Array,
    tensors: ReadonlyMap<string, Float32Array>,
  ): void {
    const predicted = tensors.get('previous.predictive')!;
    this.#looks.push({ step, input, winners, predicted, active: tensors.get('state.active')! });
    if (this.#looks.length > this.#most) this.#looks.shift();
  }
}

/** What cells did at the last steps up to `end` that have been run again. */
export function pastCells(
  reenactment: Pick<Reenactment, 'kept'>,
  end: number,
  config: NetworkConfig,
): CellStretch[] {
  const most = Math.min(stepsBack, Math.floor((2 * mostBytes) / (4 * cellCount(config))));
  const looks: Look[] = [];
  for (let done = Math.max(1, end - most + 1); done <= end; done++) {
    const names = ['activity.input', 'activity.winners', 'previous.predictive', 'state.active'];
    const [input, winners, predicted, active] = names.map(name => reenactment.kept(done, name));
    if (input && winners && predicted && active)
      looks.push({ step: done - 1, input, winners: Uint32Array.from(winners), predicted, active });
  }
  return stretchesOf(looks, config);
}

/** Steps that follow one another are told of together. */
function stretchesOf(looks: readonly Look[], config: NetworkConfig): CellStretch[] {
  const stretches: CellStretch[] = [];
  for (let from = 0, to = 1; to <= looks.length; to++) {
    if (to < looks.length && looks[to]!.step === looks[to - 1]!.step + 1) continue;
    stretches.push(join(looks.slice(from, to), config));
    from = to;
  }
  return stretches;
}

function join(
  looks: readonly Look[],
  { columns, winners, cellsPerColumn, inputs }: NetworkConfig,
): CellStretch {
  const count = looks.length;
  const cells = columns * cellsPerColumn;
  const stretch = {
    firstStep: looks[0]!.step,
    count,
    input: new Float32Array(count * inputs),
    winners: new Uint32Array(count * winners),
    predicted: new Float32Array(count * cells),
    active: new Float32Array(count * winners * cellsPerColumn),
  };
  for (const [i, look] of looks.entries()) {
    stretch.input.set(look.input, i * inputs);
    stretch.winners.set(look.winners, i * winners);
    stretch.predicted.set(look.predicted, i * cells);
    for (const [rank, column] of look.winners.entries()) {
      const own = look.active.subarray(column * cellsPerColumn, (column + 1) * cellsPerColumn);
      stretch.active.set(own, (i * winners + rank) * cellsPerColumn);
    }
  }
  return stretch;
}
