import { deleteDB } from 'idb';
import { afterEach, expect, it } from 'vitest';
import { decodeCheckpoint } from '../../engine/file/checkpoint-reader.ts';
import { RunStore } from '../storage/run-store.ts';
import { Keeping } from './keeping.ts';
import { begin, beyond, endAll, type ReportOf, settings, stopped } from './overheard.ts';
import type { Report } from './protocol.ts';

afterEach(async () => {
  await endAll();
  await deleteDB('deephtm');
});

const stored =
  (least = 0) =>
  (report: Report) =>
    report.kind === 'stored' && report.step >= least;
const whole = (bytes: Uint8Array) => ({ ...decodeCheckpoint(bytes) });

async function weightsAt(
  { send, next, of }: ReturnType<typeof begin>,
  step: number,
): Promise<ReportOf<'saved'>['bytes']> {
  const ended = next(stopped);
  await send({ kind: 'play', until: step, speed: null });
  await ended;
  await send({ kind: 'save', as: 'safetensors' });
  return of('saved').at(-1)!.bytes;
}

async function frameAt({ send, next, of }: ReturnType<typeof begin>, step: number) {
  const came = next(report => report.kind === 'frame');
  await send({ kind: 'pin', column: 3 });
  await send({ kind: 'frame', at: step });
  await came;
  return of('frame').at(-1)!.frame!;
}

it('a run goes on elsewhere bit for bit, with all that was measured of it', async () => {
  // This one is cut off while it trains; what it was kept as a moment before is all there is.
  const cut = begin(undefined, post => new Keeping(post));
  await cut.open(settings, [100]);
  await cut.send({ kind: 'play', until: null, speed: 1000 });
  await cut.next(beyond(300));
  const written = cut.next(stored(300));
  await cut.send({ kind: 'keep' });
  await written;
  const { id } = cut.of('stored').at(-1)!;

  // It is held as long as its page is there.
  const other = begin(undefined, post => new Keeping(post));
  await other.open();
  await other.send({ kind: 'resume', id, engine: 'cpu', milestones: [] });
  expect(other.of('refused').at(-1)).toMatchObject({
    what: 'stored run',
    message: expect.stringContaining('another tab'),
  });
  await cut.session.dispose();
  const { step } = cut.of('stored').at(-1)!;
  const end = step + 300;

  await other.send({ kind: 'resume', id, engine: 'cpu', milestones: [end - 50] });
  const opened = other.of('opened').at(-1)!;
  expect([opened.step, opened.restoredFrom]).toEqual([step, expect.stringMatching(/^\w/)]);
  expect(other.of('milestone').map(r => r.milestone.step)).toEqual([100]);
  expect(other.of('progress').at(-1)!.history!.points[0]!.step).toBeLessThan(100);
  // The milestone it had passed can be gone back to: all that the network was like, and the steps before.
  const [reached] = other.of('milestoneReached');
  expect(reached).toMatchObject({ step: 100, steps: { firstStep: 0, count: 100 } });
  const frameThen = await frameAt(other, 100);
  expect(frameThen.column).not.toBeNull();
  const went = await weightsAt(other, end);
  expect(other.of('milestone').map(r => r.milestone.step)).toEqual([100, end - 50]);
  await other.session.dispose();

  const straight = begin();
  await straight.open(settings, [100]);
  expect(whole(went)).toEqual(whole(await weightsAt(straight, end)));

  expect(frameThen).toEqual(await frameAt(straight, 100));

  const store = new RunStore();
  const { runs } = await store.list();
  expect(runs.map(r => [r.id, r.step, r.checkpointStep, r.training])).toEqual([[id, end, end, false]]);
  await store.close();
});

it('what diverges leaves the checkpoint before it, and a frozen run stays frozen', async () => {
  const run = begin(undefined, post => new Keeping(post));
  await run.open();
  await run.send({ kind: 'step', count: 400 });
  const first = run.next(stored());
  await run.send({ kind: 'keep' });
  await first;
  await run.send({ kind: 'set', path: 'learningRate', value: 10 });
  const second = run.next(stored());
  const ended = run.next(report => report.kind === 'diverged');
  await run.send({ kind: 'play', until: null, speed: null });
  await Promise.all([ended, second]);
  // It is still made of numbers: a file could hold it.
  expect(run.of('diverged')[0]!.loss).toBeLessThan(Number.POSITIVE_INFINITY);
  const [{ id }] = run.of('stored') as [ReportOf<'stored'>];
  await run.session.dispose();

  const store = new RunStore();
  const record = await store.get(id);
  expect(record).toMatchObject({ checkpointStep: 400 });
  expect((record as { step: number }).step).toBeGreaterThan(400);
  await store.close();
  const again = begin(undefined, post => new Keeping(post));
  await again.send({ kind: 'resume', id, engine: 'cpu', milestones: [] });
  expect(again.of('opened').at(-1)).toMatchObject({
    step: 400,
    settings: { network: { learningRate: 0.02 } },
  });

  await again.send({ kind: 'mode', mode: { learning: false } });
  const frozen = again.next(stored());
  await again.send({ kind: 'keep' });
  await frozen;
  await again.session.dispose();
  const last = begin(undefined, post => new Keeping(post));
  await last.send({ kind: 'resume', id, engine: 'cpu', milestones: [] });
  expect(last.of('opened').at(-1)).toMatchObject({ step: 400, mode: { learning: false } });
});
