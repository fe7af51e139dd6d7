import { afterEach, expect, it } from 'vitest';
import { Trainer } from '../../engine/trainer.ts';
import { type KeptMoment, readMoment } from './kept-moment.ts';
import { MilestoneMoments } from './milestone-moments.ts';
import { endAll, settings } from './overheard.ts';

afterEach(endAll);

const { network } = settings;

async function moment(): Promise<KeptMoment> {
  const trainer = await Trainer.create(settings, { engine: 'cpu' });
  const moments = new MilestoneMoments(network, []);
  trainer.subscribe(records => moments.observe(records));
  await trainer.run(30);
  await moments.keep(trainer);
  trainer.dispose();
  return { ...moments.all[0]!, checkpoint: new Uint8Array(3) };
}

it('a moment is read back as it was, and not when it is damaged or of another network', async () => {
  const kept = await moment();
  const { steps, tensors, gradients } = kept;
  expect(steps).toMatchObject({ firstStep: 0, count: 30 });
  expect(readMoment(structuredClone(kept), network)).toEqual(kept);
  expect(readMoment({ ...kept, steps: null, checkpoint: null }, network)).not.toBeNull();
  const { gradients: _, ...earlier } = kept;
  expect(readMoment(earlier, network)).toEqual({ ...kept, gradients: null });

  const [[name, spread] = []] = gradients!;
  const spreadOtherwise = (change: object) => ({
    ...kept,
    gradients: new Map([...gradients!, [name, { ...spread, ...change }]]),
  });

  const broken: unknown[] = [
    null,
    5,
    { ...kept, step: 31 },
    { ...kept, checkpoint: [1, 2] },
    { ...kept, tensors: new Map([...tensors].slice(1)) },
    { ...kept, tensors: new Map([...tensors, ['activity.winners', new Float32Array(1)]]) },
    { ...kept, steps: { ...steps!, loss: new Float32Array(29) } },
    { ...kept, steps: { ...steps!, winners: steps!.winners.map(() => network.columns) } },
    { ...kept, gradients: new Map([...gradients!].slice(1)) },
    spreadOtherwise({ counts: new Uint32Array(5) }),
    spreadOtherwise({ counts: spread!.counts.map(n => n + 1) }),
    spreadOtherwise({ reach: Number.POSITIVE_INFINITY }),
    spreadOtherwise({ size: spread!.size + 1 }),
    spreadOtherwise({ zeros: spread!.size + 1 }),
    spreadOtherwise({ unreal: -1 }),
  ];
  for (const stored of broken) expect(readMoment(stored, network)).toBeNull();
  expect(readMoment(kept, { ...network, columns: 64 })).toBeNull();
});
