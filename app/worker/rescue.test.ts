import { afterEach, expect, it, vi } from 'vitest';
import type { EngineChoice, EngineRequest } from '../../engine/engine-choice.ts';
import { DeviceLostError, NoAdapterError } from '../../engine/errors.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { Trainer } from '../../engine/trainer.ts';
import { carryOver, Rescue } from './rescue.ts';

afterEach(() => void vi.useRealTimers());

it('gives a resumed run the live settings and the mode that it had last', async () => {
  const lost = await Trainer.create(defaultPreset.settings, { engine: 'cpu' });
  await lost.run(10);
  const checkpoint = await lost.checkpoint();
  lost.set('learningRate', 0.005);
  lost.set('signal.period', 30);
  lost.setMode({ learning: false });

  const resumed = await Trainer.resume(checkpoint, { engine: 'cpu' });
  carryOver(lost, resumed);
  expect(resumed.settings).toEqual(lost.settings);
  expect(resumed.mode).toEqual({ learning: false, freeRun: false });

  const [first, second] = [lost, resumed].map(trainer => {
    const predictions: number[] = [];
    trainer.subscribe(records => predictions.push(...records.prediction));
    return predictions;
  });
  await lost.run(20);
  await resumed.run(20);
  expect(second).toEqual(first);
  lost.dispose();
  resumed.dispose();
});

it('asks for a lost GPU after half a second and after two more; lost again soon, leaves it alone for that time', async () => {
  vi.useFakeTimers();
  const loss = new DeviceLostError('The GPU is gone.', 'unknown');
  const adapter = { name: 'a GPU', vendor: '', architecture: '', software: false };
  const choice: EngineChoice = { engine: 'gpu', reason: 'asked', adapter };
  let asked: [number, EngineRequest][] = [];
  /** There is no GPU before `back`. */
  let back = 0;
  const start = async (engine: EngineRequest) => {
    asked.push([performance.now() - lostAt, engine]);
    if (engine !== 'cpu' && performance.now() < back) throw new NoAdapterError('There is no GPU.');
    const made: EngineChoice = engine === 'cpu' ? { ...choice, engine } : choice;
    return { choice: made, dispose: () => {} };
  };
  const rescue = new Rescue();
  let lostAt = 0;
  const lose = async () => {
    lostAt = performance.now();
    asked = [];
    const building = rescue.rebuild(start, choice, loss);
    await vi.runAllTimersAsync();
    return (await building).choice;
  };

  back = performance.now() + 2000;
  expect(await lose()).toEqual(choice);
  expect(asked).toEqual([
    [500, 'gpu'],
    [2500, 'gpu'],
  ]);
  // Soon again: at once on the CPU, which says why.
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await lose()).toMatchObject({
    engine: 'cpu',
    reason: 'unavailable',
    problem: { name: 'DeviceLostError' },
  });
  expect(asked).toEqual([[0, 'cpu']]);
  // Long after that, it is asked for again; gone for good, it is not asked for more than twice.
  await vi.advanceTimersByTimeAsync(60_000);
  back = Number.POSITIVE_INFINITY;
  expect(await lose()).toMatchObject({ engine: 'cpu' });
  expect(asked.map(([after]) => after)).toEqual([500, 2500, 2500]);
});
