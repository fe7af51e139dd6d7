import { expect, test } from 'vitest';
import { RunMeasure } from '../../engine/measure/run-measure.ts';
import { parseSettings } from '../../engine/model/config.ts';
import { presets } from '../../engine/model/presets.ts';
import { Trainer } from '../../engine/trainer.ts';
import { LiveSteps } from '../state/live.ts';
import { settings } from '../worker/overheard.ts';
import { figuresOfPast } from './past-figures.ts';

test('says of a past step what the summary said when it was now', async () => {
  const trainer = await Trainer.create(settings, { engine: 'cpu' });
  const steps = new LiveSteps();
  steps.clear(0, settings.network.winners);
  const measure = new RunMeasure(settings.network);
  trainer.subscribe(records => {
    steps.push(records);
    measure.add(records);
  });
  await trainer.run(900);
  const early = measure.summary();
  await trainer.run(300);
  const then = measure.summary();
  await trainer.run(500);
  trainer.dispose();
  const figures = figuresOfPast(steps.upTo(1200), false);
  expect(figures).toMatchObject({
    step: 1200,
    steps: then.steps,
    columnsInUse: then.columnsInUse,
    accuracy: null,
  });
  expect(figures.rmse).toBeCloseTo(then.rmse, 6);
  expect(figures.ratio).toBeCloseTo(then.ratio!, 6);
  const begun = figuresOfPast(steps.upTo(900), false);
  expect(begun.steps).toBe(900);
  expect(begun.ratio).toBeCloseTo(early.ratio!, 6);
});

test('says how many symbols were predicted right then', async () => {
  const symbolic = presets.find(preset => preset.name === 'high-order')!.settings;
  const { network, signal, seed } = symbolic;
  const small = parseSettings({
    network: { ...network, encoder: [16], columns: 32, winners: 3, cellsPerColumn: 3, decoder: [16] },
    signal,
    seed,
  });
  const trainer = await Trainer.create(small, { engine: 'cpu' });
  const steps = new LiveSteps();
  steps.clear(0, small.network.winners);
  const measure = new RunMeasure(small.network, [], 0, 'highOrder');
  trainer.subscribe(records => {
    steps.push(records);
    measure.add(records);
  });
  await trainer.run(1800);
  const then = measure.summary().accuracy!;
  await trainer.run(200);
  trainer.dispose();
  expect(then.predictable).toBeGreaterThan(0);
  expect(figuresOfPast(steps.upTo(1800), true).accuracy).toEqual(then);
});

test('knows nothing where no steps are held', () => {
  const steps = new LiveSteps();
  steps.clear(70, 1);
  expect(figuresOfPast(steps, false)).toMatchObject({ steps: 0, ratio: null });
});
