import { expect, test } from 'vitest';
import { RunMeasure } from '../../engine/measure/run-measure.ts';
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
  await trainer.run(1200);
  const then = measure.summary();
  await trainer.run(500);
  trainer.dispose();
  const figures = figuresOfPast(steps.upTo(1200));
  expect(figures.steps).toBe(then.steps);
  expect(figures.rmse).toBeCloseTo(then.rmse, 6);
  expect(figures.ratio).toBeCloseTo(then.ratio!, 6);
});

test('knows nothing where no steps are held', () => {
  const steps = new LiveSteps();
  steps.clear(70, 1);
  expect(figuresOfPast(steps)).toMatchObject({ steps: 0, ratio: null });
});
