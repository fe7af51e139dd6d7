import { describe, expect, it } from 'vitest';
import { floorsOf } from '../data/floors.ts';
import type { Settings } from '../model/config.ts';
import { presets } from '../model/presets.ts';
import type { StepRecords } from '../network.ts';
import { Trainer } from '../trainer.ts';
import { DivergenceWatch, divergenceLimit } from './divergence.ts';

const learning = { learning: true, freeRun: false };

/** Records of a network with one input, which the stream feeds unless `dreamt`. */
function records(firstStep: number, losses: number[], dreamt = false): StepRecords {
  const count = losses.length;
  const prediction = Float32Array.from(losses, (_, i) => firstStep + i);
  return {
    firstStep,
    count,
    input: dreamt ? prediction.map(value => value - 1) : new Float32Array(count).fill(-7),
    target: new Float32Array(count).fill(-7),
    prediction,
    loss: Float32Array.from(losses),
    bursting: new Uint32Array(count),
    winners: new Uint32Array(count),
  };
}

const times = (count: number, loss: number): number[] => new Array(count).fill(loss);

describe('the limit', () => {
  it('is 100 times the floor, and never less than what an idle network has', () => {
    const signal = { wave: 'sine', period: 50, amplitude: 1, noise: 0, endings: 'plain' } as const;
    expect(divergenceLimit({ ...signal, amplitude: 0.5 }, { persistence: 0.2, noMemory: null })).toBeCloseTo(
      4,
    );
    expect(divergenceLimit({ ...signal, noise: 0.5 }, { persistence: 0.01, noMemory: null })).toBe(1.25);
  });
});

describe('a watch', () => {
  it('tells the step at which the mean of 200 losses went beyond the limit', () => {
    const watch = new DivergenceWatch(1, learning);
    expect(watch.add(records(0, times(300, 0.5)))).toBeNull();
    expect(watch.calm).toBe(true);
    // 199 of 0.5 and one of 150 are beyond it, but not 199 and one of 80.
    expect(watch.add(records(300, [80]))).toBeNull();
    expect(watch.add(records(301, [0.5, 70, 0.5]))).toBe(303);
    expect(watch.loss).toBeCloseTo((198 * 0.5 + 150) / 200);
    expect(watch.calm).toBe(false);
  });

  it('tells the first loss that is no number, whatever came before', () => {
    const watch = new DivergenceWatch(1, { learning: false, freeRun: false });
    expect(watch.add(records(40, [0.5, Number.NaN, 3]))).toBe(42);
    expect(watch.loss).toBeNaN();
    expect(new DivergenceWatch(1, learning).add(records(0, [Number.POSITIVE_INFINITY]))).toBe(1);
  });

  it('does not take a perfect prediction for the start of a dream', () => {
    const watch = new DivergenceWatch(1, learning);
    watch.add(records(0, times(300, 0.5)));
    const perfect = records(300, [0, 0]);
    perfect.prediction.set(perfect.target);
    watch.add(perfect);
    expect(watch.calm).toBe(true);
  });

  it('does not judge a new run before it has 200 steps', () => {
    const watch = new DivergenceWatch(1, learning);
    expect(watch.add(records(0, times(199, 5)))).toBeNull();
    expect(watch.add(records(199, [5]))).toBe(200);
  });

  it('gives the network time to learn another signal', () => {
    const watch = new DivergenceWatch(1, learning);
    watch.add(records(0, times(300, 0.5)));
    watch.setLimit(0.1);
    expect(watch.add(records(300, times(5000, 0.5)))).toBeNull();
    expect(watch.add(records(5300, times(400, 0.05)))).toBeNull();
    expect(watch.add(records(5700, times(400, 0.5)))).not.toBeNull();
  });

  it('judges neither a frozen network nor a dream, nor its last steps that came late', () => {
    const watch = new DivergenceWatch(1, learning);
    watch.add(records(0, times(300, 0.5)));
    watch.setMode({ learning: true, freeRun: true });
    expect(watch.add(records(300, times(1000, 5), true))).toBeNull();
    watch.setMode(learning);
    expect(watch.add(records(1300, [...times(400, 0.2), ...times(400, 5)], true))).toBeNull();
    watch.setMode({ learning: false, freeRun: false });
    expect(watch.add(records(2100, [...times(400, 0.2), ...times(400, 5)]))).toBeNull();
    expect(watch.calm).toBe(false);
  });
});

/** Trains a preset. @returns the steps at which a watch called it diverged, and the watch */
async function watched({ signal, network, seed }: Settings, steps: number) {
  const watch = new DivergenceWatch(divergenceLimit(signal, floorsOf(signal, network.inputs)), learning);
  const trainer = await Trainer.create({ signal, network, seed }, { engine: 'cpu' });
  const fired: number[] = [];
  trainer.subscribe(batch => {
    const step = watch.add(batch);
    if (step !== null) fired.push(step);
  });
  await trainer.run(steps);
  trainer.dispose();
  return { fired, watch };
}

const diverges = (name: string): boolean => name === 'divergence';

it.each(presets.filter(p => !diverges(p.name)).map(p => [p.name, p.settings] as const))(
  'never fires on %s',
  async (_, settings) => {
    const { fired, watch } = await watched(settings, 600);
    expect(fired).toEqual([]);
    expect(watch.calm).toBe(true);
  },
);

it('fires within 1,000 steps on the preset that is there to diverge', async () => {
  const { fired } = await watched(presets.find(p => diverges(p.name))!.settings, 1000);
  expect(fired.length).toBeGreaterThan(0);
});
