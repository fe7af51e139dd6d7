import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SubmitPacer } from '../../engine/gpu/submit-pacer.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import type { StepRecords } from '../../engine/network.ts';
import { BatchPacer } from '../../engine/pacing.ts';
import type { Trainer } from '../../engine/trainer.ts';
import { train } from './pace.ts';
import { Progress } from './progress.ts';
import type { Report } from './protocol.ts';

const hours = 8 * 3600 * 1000;

/** Every clock jumps, as when a laptop is opened again; timers that were waiting are due. */
async function sleepFor(milliseconds: number): Promise<void> {
  vi.setSystemTime(Date.now() + milliseconds);
  const now = performance.now.bind(performance);
  const slept = milliseconds;
  vi.spyOn(performance, 'now').mockImplementation(() => now() + slept);
  await vi.advanceTimersToNextTimerAsync();
}

beforeEach(() => void vi.useFakeTimers());

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('after the machine slept for hours', () => {
  it('a run with a speed limit does not catch up on the steps of the night', async () => {
    const ran: number[] = [];
    const trainer: Pick<Trainer, 'run'> = {
      run: async steps => {
        ran.push(performance.now());
        return steps;
      },
    };
    const stop = new AbortController();
    const training = train(trainer as Trainer, 1e9, 50, stop.signal);
    await vi.advanceTimersByTimeAsync(1000);
    const before = ran.length;
    expect(Math.abs(before - 50)).toBeLessThanOrEqual(1);
    await sleepFor(hours);
    await vi.advanceTimersByTimeAsync(1000);
    // A second's steps, and those of the tenth of a second that it may be behind.
    expect(ran.length - before).toBeGreaterThanOrEqual(50);
    expect(ran.length - before).toBeLessThan(60);
    stop.abort();
    await training;
  });

  it('batches stay as large as they were', () => {
    const pacer = new BatchPacer();
    let now = 0;
    pacer.start(now);
    const run = (batches: number) => {
      for (let i = 0; i < batches; i++) {
        now += 0.1 * pacer.batchSize;
        pacer.finished(pacer.batchSize, now);
      }
    };
    run(100);
    const size = pacer.batchSize;
    expect(size).toBeGreaterThan(50);
    now += hours;
    run(20);
    expect(pacer.batchSize).toBe(size);
  });

  it('submits to a GPU are half as large for a moment, and no larger than before', async () => {
    const pacer = new SubmitPacer();
    const submit = async (milliseconds: number) => {
      const done = vi.advanceTimersByTimeAsync(milliseconds);
      pacer.watch(pacer.steps, done);
      await done;
    };
    for (let i = 0; i < 3; i++) await submit(10);
    const before = pacer.steps;
    expect(before).toBe(128);
    await submit(hours);
    expect(pacer.steps).toBe(before / 2);
    await submit(10);
    await submit(20);
    expect(pacer.steps).toBe(before);
  });

  it('steps per second are those of training, and reports as frequent as before', async () => {
    const { progress, reports, steps } = measured();
    progress.begin();
    await steps(100, 2000);
    await sleepFor(hours);
    reports.length = 0;
    await steps(100, 1000);
    expect(reports.length).toBeLessThanOrEqual(31);
    for (const report of reports) expect(rate(report)).toBeCloseTo(100, -1);
  });
});

describe('out of sight', () => {
  it('the page hears of the run once a second, and of all of it when it is seen again', async () => {
    const { progress, reports, steps } = measured();
    progress.begin();
    await steps(100, 1000);
    expect(reports.length).toBeGreaterThan(20);
    progress.setSeen(false);
    reports.length = 0;
    await steps(100, 10_000);
    expect(Math.abs(reports.length - 10)).toBeLessThanOrEqual(1);
    for (const report of reports) expect(rate(report)).toBeCloseTo(100, -1);
    reports.length = 0;
    progress.setSeen(true);
    expect(reports).toMatchObject([{ kind: 'progress', step: 1100 }]);
    expect((reports[0] as { history: unknown }).history).not.toBeNull();
    // At rest there is nothing to tell.
    progress.end();
    reports.length = 0;
    progress.setSeen(true);
    expect(reports).toEqual([]);
  });
});

const rate = (report: Report) => (report.kind === 'progress' ? report.stepsPerSecond : Number.NaN);

function measured() {
  const { settings } = defaultPreset;
  const { winners, inputs } = settings.network;
  const reports: Report[] = [];
  const progress = new Progress(settings, [], 0, report => reports.push(report));
  let step = 0;
  const records = (): StepRecords => ({
    firstStep: step++,
    count: 1,
    loss: new Float32Array(1),
    bursting: new Uint32Array(1),
    input: new Float32Array(inputs),
    target: new Float32Array(inputs),
    prediction: new Float32Array(inputs),
    winners: new Uint32Array(winners),
  });
  /** Single steps, evenly spread over a time. */
  const steps = async (perSecond: number, milliseconds: number) => {
    for (let i = 0; i < (perSecond * milliseconds) / 1000; i++) {
      await vi.advanceTimersByTimeAsync(1000 / perSecond);
      progress.add(records());
    }
  };
  return { progress, reports, steps };
}
