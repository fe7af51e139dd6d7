import { expect, test } from 'vitest';
import { GruCell } from './gru-cell.ts';

const hidden = 4;
const steps = 9;
const wave = [0.3, -0.8, 0.5, 0.9, -0.2, 0.1, -0.6, 0.7, 0.4, 0.25, 0.6, -0.4];
/** `inputs` channels, each a step behind the one before; one step more than is seen, for the last target. */
const channels = (inputs: number) =>
  Array.from({ length: steps + 1 }, (_, t) => Array.from({ length: inputs }, (_, c) => wave[t + c]!));

/** The window's error when parameter `index` is moved by `by` from the last `window` steps on, but not before. */
function loss(inputs: number, window: number, index: number, by: number): number {
  const values = channels(inputs);
  const cell = new GruCell(hidden, window, 1, inputs);
  const from = Math.max(0, steps - window);
  let squares = 0;
  for (let t = 0; t < steps; t++) {
    if (t === from) cell.parameters[index]! += by;
    const prediction = cell.forward(values[t]!);
    if (t < from) continue;
    for (let c = 0; c < inputs; c++) squares += (prediction[c]! - values[t + 1]![c]!) ** 2;
  }
  return squares / ((steps - from) * inputs);
}

test.each([
  [1, 1],
  [3, 1],
  [20, 1],
  [1, 3],
  [20, 3],
])('the gradient over %d steps of %d channels is that of finite differences', (window, inputs) => {
  const values = channels(inputs);
  const cell = new GruCell(hidden, window, 1, inputs);
  for (let t = 0; t < steps; t++) cell.forward(values[t]!);
  const gradient = cell.gradient(values[steps]!);
  expect(gradient).toHaveLength(4 * hidden * (inputs + 1) + inputs + 3 * hidden * hidden);
  const h = 1e-5;
  for (let i = 0; i < gradient.length; i++) {
    const expected = (loss(inputs, window, i, h) - loss(inputs, window, i, -h)) / (2 * h);
    expect(Math.abs(gradient[i]! - expected), `parameter ${i}`).toBeLessThan(
      1e-8 + 1e-6 * Math.abs(expected),
    );
  }
  expect(gradient.some(g => Math.abs(g) > 0.01)).toBe(true);
});
