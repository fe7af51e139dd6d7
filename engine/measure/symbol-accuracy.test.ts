import { describe, expect, test } from 'vitest';
import { SignalStream } from '../data/stream.ts';
import { symbolOf, symbols } from '../data/symbols.ts';
import type { SignalConfig } from '../model/config.ts';
import type { StepRecords } from '../network.ts';
import { SymbolAccuracy } from './symbol-accuracy.ts';

const signal: SignalConfig = { wave: 'highOrder', period: 50, amplitude: 1, noise: 0, endings: 'plain' };

const oneHot = (symbol: string): number[] => symbols.map(s => (s === symbol ? 1 : 0));

/** Records of targets and what was predicted for each, as letters. */
function records(targets: string, predictions: string): StepRecords {
  const rows = (text: string) => Float32Array.from([...text].flatMap(oneHot));
  const count = targets.length;
  return {
    firstStep: 0,
    count,
    input: new Float32Array(count * 6),
    target: rows(targets),
    prediction: rows(predictions),
    loss: new Float32Array(count),
    bursting: new Uint32Array(count),
    winners: new Uint32Array(count),
  };
}

const accuracyOf = (...batches: StepRecords[]) => {
  const accuracy = new SymbolAccuracy();
  for (const batch of batches) accuracy.add(batch);
  return accuracy.value;
};

describe('SymbolAccuracy', () => {
  test('is not known before a symbol came that can be predicted', () => {
    expect(accuracyOf()).toEqual({ ambiguous: null, predictable: null });
    expect(accuracyOf(records('AX', 'AX'))).toEqual({ ambiguous: null, predictable: null });
    expect(accuracyOf(records('B', 'B'))).toEqual({ ambiguous: null, predictable: 1 });
  });

  test('counts D and Y as ambiguous, and leaves out A and X, which nobody can know', () => {
    expect(accuracyOf(records('ABCDXBCY', 'XBCDABCD'))).toEqual({ ambiguous: 0.5, predictable: 5 / 6 });
  });

  test('covers the last 250 ambiguous and the last 750 predictable symbols, however batched', () => {
    const wrong = records('BCD'.repeat(200), 'CBY'.repeat(200));
    const right = records('BCD'.repeat(100), 'BCD'.repeat(100));
    expect(accuracyOf(wrong, right)).toEqual({ ambiguous: 100 / 250, predictable: 300 / 750 });
    expect(accuracyOf(wrong, right, right, right)).toEqual({ ambiguous: 1, predictable: 1 });
  });

  test('"no idea" and "not a number" are no right predictions', () => {
    const batch = records('BD', 'BD');
    batch.prediction.fill(0.5);
    expect(accuracyOf(batch)).toEqual({ ambiguous: 0, predictable: 0 });
    batch.prediction.fill(Number.NaN);
    expect(accuracyOf(batch)).toEqual({ ambiguous: 0, predictable: 0 });
  });

  test('a predictor that sees the present symbol alone is right about half of the ambiguous ones', () => {
    const rows = new SignalStream(signal, 6, 1).rows(1000);
    const text = Array.from({ length: 1000 }, (_, r) => symbols[symbolOf(rows, 2 * r)]!);
    const targets = [...text.slice(1), 'A'].join('');
    const next: Record<string, string> = { A: 'B', X: 'B', B: 'C', C: 'D', D: 'A', Y: 'A' };
    const { ambiguous, predictable } = accuracyOf(records(targets, text.map(s => next[s]).join('')));
    // Four standard deviations of a fair coin over 250 tosses.
    expect(Math.abs(ambiguous! - 0.5)).toBeLessThan(0.127);
    expect(predictable).toBeCloseTo((2 + ambiguous!) / 3, 6);
  });
});
