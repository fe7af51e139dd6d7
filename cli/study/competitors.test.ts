import { describe, expect, test } from 'vitest';
import { type Competitor, entries, type Manner } from './competitors.ts';

/** Rows of input and target of a sine, from step `from` on. */
const rows = (from: number, count: number, amplitude = 1) =>
  Float32Array.from({ length: 2 * count }, (_, i) => {
    const t = from + Math.floor(i / 2) + (i % 2);
    return amplitude * Math.sin((2 * Math.PI * t) / 50);
  });

async function trained(enter: (seed: number) => Competitor): Promise<Competitor> {
  const competitor = enter(1);
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
});

test('DeepHTM alone has columns, and its statistics go on while only its weights stand still', async () => {
  const { enter } = entries.find(e => e.name === 'DeepHTM')!;
  const [still, frozen, learning] = [await trained(enter), await trained(enter), await trained(enter)];
  const after = async (competitor: Competitor, manner: Manner) =>
    Array.from(await competitor.run(rows(60, 20), manner));
  const stillPredictions = await after(still, 'weightsStill');
  expect(stillPredictions).not.toEqual(await after(frozen, 'frozen'));
  expect(stillPredictions).not.toEqual(await after(learning, 'learning'));
  expect(still.columnUse()!.inUse).toBeGreaterThan(5);
  const withColumns = entries.filter(e => e.enter(1).columnUse() !== null).map(e => e.name);
  expect(withColumns).toEqual(['DeepHTM']);
});
