import type { SignalConfig } from '../model/config.ts';
import { SignalStream } from './stream.ts';

/** RMSE of one-step predictors that bound what a learning curve means. */
export interface Floors {
  /** "The next value is the present one." */
  persistence: number;
  /**
   * The best predictor that sees only the present value: what a network without memory can reach. Known in closed
   * form for one clean sine, estimated for other waves; null for several channels, which carry their own memory.
   */
  noMemory: number | null;
}

const sampleCount = 20000;
const neighbours = 100;

/** Floors of a signal, from 20,000 of its values. */
export function floorsOf(signal: SignalConfig, inputs: number): Floors {
  const rows = new SignalStream(signal, inputs, 0).rows(sampleCount);
  let squares = 0;
  for (let r = 0; r < sampleCount; r++)
    for (let i = 0; i < inputs; i++)
      squares += (rows[r * 2 * inputs + inputs + i]! - rows[r * 2 * inputs + i]!) ** 2;
  const persistence = Math.sqrt(squares / (sampleCount * inputs));
  if (inputs > 1) return { persistence, noMemory: null };
  if (signal.wave === 'sine' && signal.noise === 0) return { persistence, noMemory: sineFloor(signal) };
  return { persistence, noMemory: Math.min(persistence, localRegressionError(rows)) };
}

/** From x = A sin(p), the next value is x cos(w) +- A cos(p) sin(w); the sign cannot be told, so its spread remains. */
function sineFloor({ amplitude, period }: SignalConfig): number {
  return (amplitude * Math.abs(Math.sin((2 * Math.PI) / period))) / Math.SQRT2;
}

/** Residual of straight lines fitted to groups of rows with neighbouring inputs: an estimate of sqrt(E Var(y | x)). */
function localRegressionError(rows: Float32Array): number {
  const order = Array.from({ length: sampleCount }, (_, r) => r).sort((a, b) => rows[2 * a]! - rows[2 * b]!);
  let squares = 0;
  for (let start = 0; start < sampleCount; start += neighbours) {
    const group = order.slice(start, start + neighbours);
    const meanX = group.reduce((s, r) => s + rows[2 * r]!, 0) / neighbours;
    const meanY = group.reduce((s, r) => s + rows[2 * r + 1]!, 0) / neighbours;
    let xx = 0;
    let xy = 0;
    let yy = 0;
    for (const r of group) {
      const dx = rows[2 * r]! - meanX;
      const dy = rows[2 * r + 1]! - meanY;
      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
    squares += yy - (xx > 1e-12 ? (xy * xy) / xx : 0);
  }
  // A line takes two degrees of freedom from each group.
  return Math.sqrt(Math.max(0, squares) / (sampleCount * (1 - 2 / neighbours)));
}
