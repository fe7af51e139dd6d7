import * as v from 'valibot';
import type { SignalConfig } from '../model/config.ts';
import { type GaussianGenerator, gaussianFromState, gaussianGenerator } from '../model/generator.ts';
import { MackeyGlass, MackeyGlassStateSchema } from './mackey-glass.ts';
import { DataSource, type OwnData } from './own-data.ts';
import { type WaveSignal, waveAt } from './signal.ts';
import { SymbolSource, SymbolStateSchema } from './symbols.ts';

const finite = v.pipe(v.number(), v.finite());

/** Where a stream stands: enough to go on with the same values. */
export const StreamStateSchema = v.strictObject({
  /** Rows handed out so far. */
  position: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** Cycles at position 0, as if the present period had held from there. */
  phase: finite,
  /** The noise generator's state. */
  generator: v.pipe(v.array(v.pipe(v.number(), v.safeInteger())), v.length(4)),
  /** The next row's input, [inputs]: already promised as the last row's target. */
  current: v.pipe(v.array(finite), v.minLength(1), v.maxLength(64)),
  /** Where a signal stands that is no function of time. */
  source: v.optional(v.variant('wave', [MackeyGlassStateSchema, SymbolStateSchema])),
});

export type StreamState = v.InferOutput<typeof StreamStateSchema>;

interface Source {
  advance(): void;
  value(signal: SignalConfig, channel: number, inputs: number): number;
  state(): StreamState['source'];
}

/** What a signal goes by that is no function of time; null for waves, which are. */
function sourceOf(
  wave: SignalConfig['wave'],
  seed: number,
  inputs: number,
  state: StreamState | undefined,
  data: OwnData | undefined,
): Source | null {
  const source = state?.source;
  if (wave === 'mackeyGlass') return new MackeyGlass(seed, source?.wave === wave ? source : undefined);
  if (wave === 'highOrder') return new SymbolSource(seed, source?.wave === wave ? source : undefined);
  if (wave === 'data') return new DataSource(data, inputs, state?.position ?? 0);
  return null;
}

/** An endless signal, as rows of input and target, where each target is the next row's input. */
export class SignalStream {
  #signal: SignalConfig;
  #position = 0;
  #phase = 0;
  #noise: GaussianGenerator;
  #current: Float32Array;
  readonly #source: Source | null;

  /**
   * @param data what the wave `data` is made of
   * @throws ConfigError when it needs data, and has none or other than the inputs
   */
  constructor(signal: SignalConfig, inputs: number, seed: number, state?: StreamState, data?: OwnData) {
    this.#signal = signal;
    this.#current = new Float32Array(inputs);
    this.#source = sourceOf(signal.wave, seed, inputs, state, data);
    if (state) {
      this.#position = state.position;
      this.#phase = state.phase;
      this.#noise = gaussianFromState(state.generator);
      this.#current.set(state.current);
    } else {
      this.#noise = gaussianGenerator(seed, 'signal.noise');
      this.#draw(0, this.#current);
    }
  }

  /** The next `count` rows, [count, 2 * inputs]: input, then target. */
  rows(count: number): Float32Array {
    const inputs = this.#current.length;
    const rows = new Float32Array(count * 2 * inputs);
    for (let r = 0; r < count; r++) {
      const row = rows.subarray(r * 2 * inputs, (r + 1) * 2 * inputs);
      row.set(this.#current);
      this.#position++;
      this.#source?.advance();
      this.#draw(this.#position, this.#current);
      row.set(this.#current, inputs);
    }
    return rows;
  }

  /** Changes all but the wave, from the next drawn value on; a new period continues at the phase reached. */
  setSignal(signal: SignalConfig): void {
    const cycles = this.#phase + this.#position / this.#signal.period;
    this.#phase = cycles - this.#position / signal.period;
    this.#signal = signal;
  }

  state(): StreamState {
    const source = this.#source?.state();
    return {
      position: this.#position,
      phase: this.#phase,
      generator: this.#noise.state(),
      current: [...this.#current],
      ...(source ? { source } : {}),
    };
  }

  #draw(position: number, into: Float32Array): void {
    const cycles = this.#phase + position / this.#signal.period;
    for (let i = 0; i < into.length; i++) {
      // Noise is drawn even at level 0, so that turning it on does not depend on when the run began.
      const noise = this.#noise.next();
      const clean =
        this.#source?.value(this.#signal, i, into.length) ??
        waveAt(this.#signal as WaveSignal, cycles, i, into.length);
      into[i] = clean + this.#signal.noise * noise;
    }
  }
}
