import { afterEach, describe, expect, it } from 'vitest';
import { parseSettings, type Settings } from '../../engine/model/config.ts';
import { Trainer } from '../../engine/trainer.ts';
import { Observation } from './observation.ts';
import { settings as small } from './overheard.ts';
import type { Frame } from './protocol.ts';
import { type Change, Recollection } from './recollection.ts';

const trainers: Trainer[] = [];
afterEach(() => {
  for (const trainer of trainers.splice(0)) trainer.dispose();
});

async function begin(settings: Settings) {
  const trainer = await Trainer.create(settings, { engine: 'cpu' });
  trainers.push(trainer);
  const recollection = new Recollection(trainer, undefined);
  const observation = new Observation(trainer);
  /** Frames as they were read from the run itself. */
  const live = new Map<number, Frame>();
  return {
    trainer,
    recollection,
    live,
    async step(count: number, pinned: number | null = null) {
      for (let i = 0; i < count; i++) {
        await trainer.run(1);
        live.set(trainer.step, await observation.frame(pinned, false));
      }
    },
    change(change: Change) {
      if ('mode' in change) trainer.setMode(change.mode);
      else trainer.set(change.path, change.value);
      recollection.changed(change);
    },
    /** All answers about a step, once there are as many as expected. */
    recalled: (step: number, pinned: number | null = null, answers = 1) =>
      new Promise<(Frame | null)[]>(resolve => {
        const heard: (Frame | null)[] = [];
        void recollection.frame(step, pinned, frame => {
          heard.push(frame);
          if (heard.length === answers) resolve(heard);
        });
      }),
  };
}

/** A frame in a form that is equal only where all bits are. */
const bits = (frame: Frame | null) =>
  frame && {
    ...frame,
    tensors: Array.from(
      frame.tensors,
      ([name, values]) => `${name} ${Buffer.from(values.buffer).toString('base64')}`,
    ),
  };

const symbols = parseSettings({
  ...small,
  network: {
    ...small.network,
    inputs: 6,
    prediction: 'change',
    unroll: 2,
    optimizer: 'normalised',
    inputNoise: 0.05,
  },
  signal: { ...small.signal, wave: 'highOrder' },
});

describe('a recollection', () => {
  it.each([
    ['a wave', small],
    ['symbols, with noise and longer unrolling', symbols],
  ])('gives every frame as it was read live, to the last bit: %s', async (_, settings) => {
    const { step, live, recalled, recollection } = await begin(settings);
    await step(620);
    for (const [at, frame] of live)
      if (at % 5 === 1 || at > 600) expect(bits((await recalled(at))[0]!)).toEqual(bits(frame));
    const reenactment = (await recollection.recall())!;
    await reenactment.done;
    expect(reenactment.exact).toBe(true);
  });

  it('reaches 1,000 steps back and no further, and begins again when the run has gone on', async () => {
    const { step, trainer, live, recalled, recollection } = await begin(small);
    await trainer.run(1500);
    await step(5);
    expect(bits((await recalled(1503))[0]!)).toEqual(bits(live.get(1503)!));
    expect((await recalled(505))[0]).toMatchObject({ step: 505 });
    expect((await recalled(504))[0]).toBeNull();
    expect((await recalled(1506))[0]).toBeNull();
    recollection.interrupt();
    await step(1);
    expect(bits((await recalled(1506))[0]!)).toEqual(bits(live.get(1506)!));
  });

  it('makes the changes again at the steps where they were made', async () => {
    const { step, change, live, recalled, recollection } = await begin(small);
    await step(10);
    change({ path: 'learningRate', value: 0.05 });
    await step(5);
    change({ path: 'signal.period', value: 31 });
    change({ path: 'signal.noise', value: 0.1 });
    await step(5);
    change({ mode: { learning: false } });
    await step(5);
    change({ mode: { learning: true } });
    await step(600);
    change({ mode: { freeRun: true } });
    await step(30);
    change({ mode: { freeRun: false } });
    await step(30);
    for (const [at, frame] of live) expect(bits((await recalled(at))[0]!)).toEqual(bits(frame));
    const reenactment = (await recollection.recall())!;
    await reenactment.done;
    expect(reenactment.exact).toBe(true);
  });

  it('looks at a column closely, with the weights of that very step', async () => {
    const { step, trainer, live, recalled } = await begin(small);
    await trainer.run(300);
    await step(1, 4);
    await trainer.run(300);
    const [at, frame] = [...live][0]!;
    const [first, second] = await recalled(at, 4, 2);
    expect(first!.column).toBeNull();
    expect(bits(second!)).toEqual(bits(frame));
  });

  it('answers an earlier wish with null when another step is asked for, and all when the run goes on', async () => {
    const { trainer, recalled, recollection } = await begin(small);
    await trainer.run(700);
    const [first, second] = [recalled(10), recalled(690)];
    expect((await first)[0]).toBeNull();
    expect((await second)[0]).toMatchObject({ step: 690 });
    recollection.interrupt();
    const third = recalled(1);
    recollection.interrupt();
    expect((await third)[0]).toBeNull();
  });

  it('does not begin where a dream does: its first input was made with weights that have moved since', async () => {
    const trainer = await Trainer.create(small, { engine: 'cpu' });
    trainers.push(trainer);
    await trainer.run(50);
    const recollection = new Recollection(trainer, undefined);
    trainer.setMode({ freeRun: true });
    recollection.changed({ mode: { freeRun: true } });
    await trainer.run(5);
    const frame = await new Promise(resolve => void recollection.frame(52, null, resolve));
    expect(frame).toBeNull();
  });
});
