import { expect, test } from 'vitest';
import type { Contestant, Entry } from './contestant.ts';
import { plain } from './networks.ts';
import { race } from './race.ts';

const options = { rounds: 5, seconds: 1 };

/** A contestant whose every measurement takes as long as `secondsOf` says for that many steps. */
function entry(
  id: string,
  secondsOf: (steps: number) => number,
  more: Partial<Entry & Contestant> = {},
): Entry {
  const contestant: Contestant = {
    adapter: 'CPU',
    hardware: false,
    driver: null,
    run: async steps => secondsOf(steps),
    close: async () => {},
    ...more,
  };
  return { id, engine: id, networks: 1, config: plain(), open: async () => contestant, ...more };
}

test('ratios are those of the same round, so that a machine that slows down does not change them', async () => {
  let slowness = 1;
  const native = entry('native', steps => {
    slowness *= 1.5;
    return (slowness * steps) / 1000;
  });
  const half = entry('half', steps => (slowness * steps) / 500, { reference: 'native' });
  const [first, second] = await race([native, half], { ...options, rounds: 1 });
  expect(first).toMatchObject({ ratio: 1, problem: null });
  expect(second!.ratio).toBeCloseTo(0.5, 10);
});

test('speeds are medians, and the steps of many networks add up', async () => {
  let measured = 0;
  const noisy = entry('noisy', steps => (steps / 100) * (++measured % 5 === 0 ? 50 : 1), { networks: 4 });
  const [row] = await race([noisy], options);
  expect(row!.stepsPerSecond).toBeCloseTo(400, 6);
});

test('a measurement has as many steps as fit into its time', async () => {
  const counts: number[] = [];
  await race(
    [
      entry('counted', steps => {
        counts.push(steps);
        return steps / 1000;
      }),
    ],
    { ...options, seconds: 0.5 },
  );
  expect(counts.slice(-options.rounds)).toEqual(Array(options.rounds).fill(500));
});

test('who fails has an open row that says why, and the others run on', async () => {
  const closed: string[] = [];
  const none: Entry = {
    ...entry('none', steps => steps),
    open: () => Promise.reject(new Error('no adapter\nat …')),
  };
  let runs = 0;
  const breaks = entry(
    'breaks',
    steps => {
      if (++runs > 3) throw new Error('lost');
      return steps;
    },
    { close: async () => void closed.push('breaks') },
  );
  const rows = await race([none, breaks, entry('fine', steps => steps / 10)], options);
  expect(rows.map(({ problem }) => problem)).toEqual(['no adapter', 'lost', null]);
  expect(rows[0]!.stepsPerSecond).toBeNull();
  expect(rows[2]!.stepsPerSecond).toBeCloseTo(10, 6);
  expect(closed).toEqual(['breaks']);
});

test('the share of the copy bandwidth is that of the bytes that the steps move', async () => {
  const traffic = { bytesPerStep: 1e6, copyBytesPerSecond: 1e9 };
  const [row] = await race([entry('moved', steps => steps / 500, { traffic })], options);
  expect(row!.bandwidthShare).toBeCloseTo(0.5, 6);
});
