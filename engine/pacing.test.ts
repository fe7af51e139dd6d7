import { describe, expect, it } from 'vitest';
import { BatchPacer } from './pacing.ts';

/** The size that a pacer comes to where a batch takes `fixed + perStep * size` milliseconds, with some jitter. */
function settledSize(fixed: number, perStep: number, jitter = 0): number {
  const pacer = new BatchPacer();
  let now = 0;
  pacer.start(now);
  for (let batch = 0; batch < 400; batch++) {
    const size = pacer.batchSize;
    now += (fixed + perStep * size) * (1 + jitter * Math.sin(batch * 1.7));
    pacer.finished(size, now);
  }
  return pacer.batchSize;
}

describe('BatchPacer', () => {
  it.each([0.01, 0.1, 0.4, 2])(
    'comes to about 8 ms where a step takes %s ms and starting nothing',
    perStep => {
      const milliseconds = settledSize(0, perStep) * perStep;
      expect(milliseconds).toBeGreaterThan(5);
      expect(milliseconds).toBeLessThan(13);
    },
  );

  it('makes single steps where one takes longer than a batch should', () => {
    expect(settledSize(0, 40)).toBe(1);
  });

  it.each([
    [30, 3],
    [100, 3],
    [5, 0.05],
  ])('spends most of the time on steps where starting takes %s ms and a step %s ms', (fixed, perStep) => {
    for (const jitter of [0, 0.2]) {
      const work = settledSize(fixed, perStep, jitter) * perStep;
      expect(work / (work + fixed)).toBeGreaterThan(0.5);
      expect(work + fixed).toBeLessThan(400);
    }
  });

  it('ignores batches of other sizes', () => {
    const pacer = new BatchPacer();
    pacer.start(0);
    for (let batch = 1; batch < 100; batch++) pacer.finished(1, batch * 100);
    expect(pacer.batchSize).toBe(4);
  });
});
