import { expect, test } from 'vitest';
import { type Competitor, deepHtm, entries, type Manner } from './competitors.ts';
import { onGpu } from './gpu-run.ts';
import { streams } from './streams.ts';

/** The same stretch of a stream in every manner, one after the other. */
async function predictions(competitor: Competitor): Promise<number[]> {
  const source = streams.find(s => s.name === 'sine-31.7')!.open(1);
  const all: number[] = [];
  for (const how of ['learning', 'weightsStill', 'frozen', 'freeRun'] satisfies Manner[])
    all.push(...Array.from(await competitor.run(source.rows(20), how)));
  return all;
}

test('DeepHTM competes alike on both engines, in every manner', async () => {
  const cpu = entries.find(e => e.name === deepHtm)!.enter(1, 1);
  const expected = await predictions(cpu);
  const { found, adapter, columns } = await onGpu(1, async (competitor, adapter) => ({
    found: await predictions(competitor),
    columns: competitor.columnUse(),
    adapter,
  }));
  expect(found).toHaveLength(80);
  for (const [t, value] of found.entries())
    expect(Math.abs(value - expected[t]!), `step ${t}`).toBeLessThan(1e-3);
  expect(columns).toEqual(cpu.columnUse());
  expect(adapter).not.toBe('');
});
