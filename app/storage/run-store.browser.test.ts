import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPreset } from '../../engine/model/presets.ts';
import { smallSummary } from '../../test/small-summary.ts';
import { heldRuns, hold } from './holding.ts';
import { type RunToKeep, recordVersion } from './record.ts';
import { mostRuns, onRunsChange, RunStore, TakenError } from './run-store.ts';

const database = 'deephtm-test';
let store: RunStore;
beforeEach(() => {
  store = new RunStore(database);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
  await deleteDB(database);
});

const run = (id: string, more: Partial<RunToKeep> = {}): RunToKeep => ({
  id,
  name: `Run ${id}`,
  settings: defaultPreset.settings,
  data: { name: 'a.csv', columns: [{ name: 'x', mean: 0, reach: 1 }] },
  mode: { learning: true, freeRun: false },
  engine: 'cpu',
  step: 300,
  training: true,
  writer: 'here',
  history: { points: [{ step: 300, loss: Number.NaN, bursting: 0, columns: Number.NaN }], width: 300 },
  milestones: [
    {
      step: 100,
      summary: smallSummary,
      inputs: 1,
      target: new Float32Array(100),
      prediction: new Float32Array(100),
    },
  ],
  summary: smallSummary,
  ...more,
});
const checkpoint = (size: number, step = 300) => ({ bytes: new Uint8Array(size).fill(7), step });

/** Puts anything at all where records are. */
async function forge(id: string, record: unknown): Promise<void> {
  await store.list();
  const raw = await openDB(database);
  await raw.put('runs', record, id);
  raw.close();
}

describe('kept runs', () => {
  it('come back as they were, the newest first, and keep their names and pins', async () => {
    await store.keep(run('a'), checkpoint(10));
    await store.keep(run('b'), null);
    await store.change('a', { name: 'My run', pinned: true });
    const again = await store.keep(run('a', { step: 400, name: 'Run a again' }), checkpoint(20, 390));
    expect(again).toMatchObject({ name: 'My run', pinned: true, step: 400, checkpointStep: 390, bytes: 20 });
    const { runs, unreadable } = await store.list();
    expect(unreadable).toEqual([]);
    expect(runs.map(r => r.id)).toEqual(['b', 'a']);
    expect(runs[1]).toEqual(again);
    expect(runs[0]).toMatchObject({ checkpointStep: null, bytes: 0, milestones: run('b').milestones });
    expect(await store.checkpoint('a')).toEqual(checkpoint(20).bytes);
    expect(await store.checkpoint('b')).toBe(null);
    // Where only what is measured is new, the checkpoint stays.
    expect(await store.keep(run('a', { step: 410 }), null)).toMatchObject({ checkpointStep: 390, bytes: 20 });
  });

  it('have names of their own', async () => {
    for (const id of ['a', 'b', 'c', 'a']) await store.keep(run(id, { name: 'Sine' }), null);
    expect((await store.list()).runs.map(r => r.name)).toEqual(['Sine (3)', 'Sine (2)', 'Sine']);
  });

  it('are in order whatever the clock says', async () => {
    const clock = vi.spyOn(Date, 'now');
    for (const [i, id] of ['a', 'b', 'c'].entries()) {
      clock.mockReturnValue(1e12 - i * 1e9);
      await store.keep(run(id), null);
    }
    clock.mockReturnValue(0);
    await store.keep(run('a'), null);
    const { runs } = await store.list();
    expect(runs.map(r => r.id)).toEqual(['c', 'b', 'a']);
    expect(runs.sort((a, b) => a.kept - b.kept).map(r => r.id)).toEqual(['b', 'c', 'a']);
  });

  it('are not written by two pages', async () => {
    await store.keep(run('a'), checkpoint(10));
    const other = run('a', { writer: 'there', step: 900 });
    await expect(store.keep(other, checkpoint(99))).rejects.toThrow(TakenError);
    expect((await store.list()).runs[0]).toMatchObject({ step: 300, bytes: 10 });
    await store.change('a', { writer: 'there' });
    await store.keep(other, checkpoint(99));
    await expect(store.keep(run('a'), null)).rejects.toThrow(TakenError);
    expect((await store.list()).runs[0]).toMatchObject({ step: 900, bytes: 99 });
  });

  it('are skipped, and named, when they are damaged or of another version', async () => {
    const good = await store.keep(run('good'), null);
    const without = ({ summary: _, ...rest }: typeof good) => rest;
    await forge('later', { ...good, id: 'later', version: recordVersion + 1, kept: 'never' });
    await forge('damaged', { ...without(good), id: 'damaged' });
    await forge('number', 5);
    await forge('settings', { ...good, id: 'settings', settings: { ...good.settings, seed: -1 } });
    await forge('other', good);
    await forge('milestone', {
      ...good,
      id: 'milestone',
      milestones: [{ ...good.milestones[0]!, target: new Float32Array(3) }],
    });
    const { runs, unreadable } = await store.list();
    expect(runs.map(r => r.id)).toEqual(['good']);
    expect(Object.fromEntries(unreadable.map(u => [u.id, u.reason]))).toEqual({
      later: expect.stringContaining('another version'),
      damaged: expect.stringContaining('summary'),
      number: expect.stringContaining('damaged'),
      settings: expect.stringContaining('settings.seed'),
      other: expect.stringContaining('its id'),
      milestone: expect.stringContaining('milestones'),
    });
    // They stand in nobody's way, and can go.
    await store.keep(run('damaged'), null);
    await store.remove(['later', 'number', 'settings', 'other', 'milestone']);
    const after = await store.list();
    expect(after.runs.map(r => r.id)).toEqual(['damaged', 'good']);
    expect(after.unreadable).toEqual([]);
  });

  it('have moments of their milestones, each in the place of the one before', async () => {
    const moment = (step: number, size: number) => ({ step, checkpoint: new Uint8Array(size) });
    await store.keepMoment('a', moment(100, 5));
    expect(await store.moments('a')).toEqual([]);
    for (const id of ['a', 'ab']) await store.keep(run(id), checkpoint(10));
    await store.keepMoment('a', moment(1000, 9));
    await store.keepMoment('a', moment(100, 5));
    await store.keepMoment('ab', moment(100, 1));
    await store.keepMoment('a', moment(100, 6));
    await store.keep(run('a', { step: 400 }), null);
    expect(await store.moments('a')).toEqual([moment(100, 6), moment(1000, 9)]);
    const kept = async () => (await store.list()).runs.find(r => r.id === 'a');
    expect(await kept()).toMatchObject({ bytes: 10, momentBytes: 15 });
    const removed = await store.remove(['a']);
    expect(await store.moments('a')).toEqual([]);
    expect(await store.moments('ab')).toHaveLength(1);
    await store.putBack(removed);
    expect(await store.moments('a')).toEqual([moment(100, 6), moment(1000, 9)]);
  });

  it('of a database from before there were moments are still there', async () => {
    const { momentBytes: _, data: __, ...before } = await store.keep(run('a'), null);
    await store.close();
    await deleteDB(database);
    const old = await openDB(database, 1, {
      upgrade(made) {
        const runs = made.createObjectStore('runs');
        runs.createIndex('made', 'made');
        runs.createIndex('kept', 'kept');
        made.createObjectStore('checkpoints');
      },
    });
    await old.put('runs', before, 'a');
    old.close();
    store = new RunStore(database);
    expect((await store.list()).runs).toEqual([{ ...before, momentBytes: 0, data: null }]);
    await store.keepMoment('a', { step: 100, checkpoint: null });
    expect(await store.moments('a')).toHaveLength(1);
  });

  it('that were deleted can be put back', async () => {
    const kept = await store.keep(run('a'), checkpoint(10));
    const removed = await store.remove(['a', 'nothing']);
    expect((await store.list()).runs).toEqual([]);
    expect(await store.checkpoint('a')).toBe(null);
    await store.putBack(removed);
    expect((await store.list()).runs).toEqual([kept]);
    expect(await store.checkpoint('a')).toEqual(checkpoint(10).bytes);
  });

  it('make room: those not kept for longest go, but none that is pinned or held', async () => {
    for (let i = 0; i < mostRuns + 4; i++) await store.keep(run(`${i}`), null);
    await store.change('0', { pinned: true });
    await store.keep(run('2'), null);
    await store.makeRoom(new Set(['3']));
    const ids = (await store.list()).runs.map(r => Number(r.id)).sort((a, b) => a - b);
    expect(ids).toHaveLength(mostRuns);
    expect(ids.slice(0, 4)).toEqual([0, 2, 3, 7]);
  });

  it('tell the other pages', async () => {
    const told = new Promise<void>(resolve => {
      const stop = onRunsChange(() => {
        stop();
        resolve();
      });
    });
    await store.keep(run('a'), null);
    await told;
  });
});

it('a run is held by one page at a time', async () => {
  const release = await hold('a');
  expect(release).not.toBe(null);
  expect(await hold('a')).toBe(null);
  expect(await hold('a', 50)).toBe(null);
  expect([...(await heldRuns())]).toEqual(['a']);
  const waiting = hold('a', 10_000);
  release!();
  const again = await waiting;
  expect(again).not.toBe(null);
  again!();
  await expect.poll(async () => (await heldRuns()).size).toBe(0);
});
