import { expect, test } from 'vitest';
import { GruCell } from './gru-cell.ts';

const hidden = 4;
const inputs = [0.3, -0.8, 0.5, 0.9, -0.2, 0.1, -0.6, 0.7, 0.4];
const target = 0.25;

/** The window's error when parameter `index` is moved by `by` from the last `window` steps on, but not before. */
function loss(window: number, index: number, by: number): number {
  const cell = new GruCell(hidden, window, 1);
  const from = Math.max(0, inputs.length - window);
  let squares = 0;
  for (const [t, input] of inputs.entries()) {
    if (t === from) cell.parameters[index]! += by;
    const prediction = cell.forward(input);
    if (t >= from) squares += (prediction - (inputs[t + 1] ?? target)) ** 2;
  }
  return squares / (inputs.length - from);
}

test.each([1, 3, 20])('the gradient over %d steps is that of finite differences', window => {
  const cell = new GruCell(hidden, window, 1);
  for (const input of inputs) cell.forward(input);
  const gradient = cell.gradient(target);
  expect(gradient).toHaveLength(8 * hidden + 1 + 3 * hidden * hidden);
  const h = 1e-5;
  for (let i = 0; i < gradient.length; i++) {
    const expected = (loss(window, i, h) - loss(window, i, -h)) / (2 * h);
    expect(Math.abs(gradient[i]! - expected), `parameter ${i}`).toBeLessThan(
      1e-8 + 1e-6 * Math.abs(expected),
    );
  }
  expect(gradient.some(g => Math.abs(g) > 0.01)).toBe(true);
});
