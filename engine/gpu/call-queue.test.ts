import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import { CallQueue } from './call-queue.ts';

it('lets calls take effect one after the other, until it ends', async () => {
  const queue = new CallQueue();
  const effects: number[] = [];
  const first = queue.issue(async () => {
    await setImmediate();
    effects.push(1);
    throw new Error('The first failed.');
  });
  const second = queue.issue(() => effects.push(2));
  await expect(first).rejects.toThrow('The first failed.');
  await second;
  expect(effects).toEqual([1, 2]);

  const end = new Error('It was disposed of.');
  const waiting = queue.issue(() => effects.push(3));
  queue.end(end);
  await expect(waiting).rejects.toBe(end);
  expect(() => queue.check()).toThrow(end);
  expect(effects).toEqual([1, 2]);
});

it('hears of what fails because it ended, before or after: nothing else would, and the program would end', async () => {
  const unheard = vi.fn();
  process.on('unhandledRejection', unheard);
  onTestFinished(() => void process.off('unhandledRejection', unheard));
  const queue = new CallQueue();
  const end = new Error('It was disposed of.');
  const failing = async () => {
    await setImmediate();
    throw new Error('The buffer is gone.');
  };
  const under = queue.unlessEnded(failing());
  queue.end(end);
  const after = queue.unlessEnded(failing());
  for (const call of [under, after]) await expect(call).rejects.toBe(end);
  await setImmediate();
  await setImmediate();
  expect(unheard).not.toHaveBeenCalled();
});
