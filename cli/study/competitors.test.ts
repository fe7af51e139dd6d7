import { describe, expect, test } from 'vitest';
import { createCpuNetwork } from '../../engine/cpu/network.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { type Competitor, entries, type Manner, noContextConfig } from './competitors.ts';

/** Rows of input and target of a sine, from step `from` on. */
const rows = (from: number, count: number, amplitude = 1) =>
  Float32Array.from({ length: 2 * count }, (_, i) => {
    const t = from + Math.floor(i / 2) + (i % 2);
    return amplitude * Math.sin((2 * Math.PI * t) / 50);
  });

/** One hot channel of six, the next one in each step. */
const cycleRows = (count: number) =>
  Float32Array.from({ length: 12 * count }, (_, i) => {
    const t = Math.floor(i / 12) + Math.floor((i % 12) / 6);
    return t % 6 === i % 6 ? 1 : 0;
  });

async function trained(enter: (seed: number, inputs: number) => Competitor): Promise<Competitor> {
  const competitor = enter(1, 1);
  await competitor.run(rows(0, 60), 'learning');
  return competitor;
}

describe.each(entries.map(({ name, enter }) => [name, enter] as const))('%s', (_, enter) => {
  test('in free run looks at nothing but its own predictions', async () => {
    const [one, other] = [await trained(enter), await trained(enter)];
    const expected = Array.from(await one.run(rows(60, 20), 'freeRun'));
    expect(Array.from(await other.run(rows(60, 20, 3), 'freeRun'))).toEqual(expected);
  });

  test.each<Manner>(['learning', 'weightsStill', 'frozen'])('sees the rows when %s', async manner => {
    const [one, other] = [await trained(enter), await trained(enter)];
    const expected = Array.from(await one.run(rows(60, 20), manner));
    expect(Array.from(await other.run(rows(60, 20, 3), manner))).not.toEqual(expected);
  });

  test('takes six channels, and answers in as many', async () => {
    const predictions = await enter(1, 6).run(cycleRows(40), 'learning');
    expect(predictions).toHaveLength(240);
    expect(Array.from(predictions).every(Number.isFinite)).toBe(true);
  });
});

const deepHtmEntry = entries.find(e => e.name === 'DeepHTM')!;

test('DeepHTM alone has columns, and its statistics go on while only its weights stand still', async () => {
  const { enter } = deepHtmEntry;
  const [still, frozen, learning] = [await trained(enter), await trained(enter), await trained(enter)];
  const after = async (competitor: Competitor, manner: Manner) =>
    Array.from(await competitor.run(rows(60, 20), manner));
  const stillPredictions = await after(still, 'weightsStill');
  expect(stillPredictions).not.toEqual(await after(frozen, 'frozen'));
  expect(stillPredictions).not.toEqual(await after(learning, 'learning'));
  expect(still.columnUse()!.inUse).toBeGreaterThan(5);
  const withColumns = entries.filter(e => e.enter(1, 1).columnUse() !== null).map(e => e.name);
  expect(withColumns).toEqual(['DeepHTM', 'DeepHTM without context']);
});

test('learning goes on as if nothing had been between, once weights may move again', async () => {
  const competitor = await trained(deepHtmEntry.enter);
  await competitor.run(rows(60, 20), 'weightsStill');
  const still = Array.from(await competitor.run(rows(80, 50), 'weightsStill'));
  const other = await trained(deepHtmEntry.enter);
  await other.run(rows(60, 20), 'weightsStill');
  expect(Array.from(await other.run(rows(80, 50), 'learning'))).not.toEqual(still);
});

test('without context nothing but the present input counts, once weights and statistics stand still', async () => {
  const config = noContextConfig(1);
  const network = createCpuNetwork(config, initialState(config, 1));
  await network.run(rows(0, 200));
  network.setMode({ learning: false });
  // The same value once on the way up and once on the way down.
  const { prediction } = await network.run(Float32Array.of(0.1, 0, 0.5, 0, 0.9, 0, 0.5, 0));
  expect(prediction[3]).toBe(prediction[1]);
  expect(prediction[2]).not.toBe(prediction[1]);
});

test('DeepHTM itself tells the way up from the way down', async () => {
  const competitor = await trained(deepHtmEntry.enter);
  const prediction = await competitor.run(Float32Array.of(0.1, 0, 0.5, 0, 0.9, 0, 0.5, 0), 'frozen');
  expect(prediction[3]).not.toBe(prediction[1]);
});
