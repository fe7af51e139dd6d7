import { afterEach, expect, it, vi } from 'vitest';
import { floorsOf } from '../../engine/data/floors.ts';
import { DivergenceWatch, divergenceLimit } from '../../engine/measure/divergence.ts';
import { Trainer } from '../../engine/trainer.ts';
import { LastGood, type StartRun } from './last-good.ts';
import { LiveRun } from './live-run.ts';
import { gradientsOf } from './milestone-gradients.ts';
import { MilestoneMoments } from './milestone-moments.ts';
import { settings } from './overheard.ts';
import { Progress } from './progress.ts';

afterEach(() => vi.restoreAllMocks());

it('a run on a GPU that is lost at any moment can be made again as it was at most two seconds before', async () => {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  const begin: StartRun = options => Trainer.create(settings, options);
  const trainer = await begin({ engine: 'cpu' });
  // What the run is told, and goes by: that its network can be lost.
  const choice = { ...trainer.choice, engine: 'gpu' as const };
  const { signal, network } = settings;
  const milestone = 30;
  const limit = divergenceLimit(signal, floorsOf(signal, network.inputs));
  const kept = {
    progress: new Progress(settings, [milestone], 0, () => {}),
    watch: new DivergenceWatch(limit, trainer.mode),
    lastGood: new LastGood(begin, 0),
    moments: new MilestoneMoments(network, []),
    again: begin,
  };
  const run = new LiveRun({ trainer, choice }, kept, () => {}, undefined);
  const millisecondsPerStep = 50;
  const goesOnFrom: number[] = [];
  while (now < 7000) {
    now += millisecondsPerStep;
    await run.train(1, null, new AbortController().signal);
    const again = await run.again({ engine: 'cpu' });
    goesOnFrom.push(again.step);
    again.dispose();
    // What a GPU did not keep of its last step is had from the step before, and is the same.
    if (trainer.step === milestone)
      expect(kept.moments.gradients(milestone)).toEqual(await gradientsOf(trainer));
  }
  const lost = goesOnFrom.map((step, i) => (i + 1 - step) * millisecondsPerStep);
  expect(Math.max(...lost)).toBeLessThanOrEqual(2000);
  // Copied no more often than it has to be.
  expect(new Set(goesOnFrom).size).toBeLessThanOrEqual(5);
  trainer.dispose();
});
