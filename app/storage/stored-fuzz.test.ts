import fc from 'fast-check';
import { expect, it } from 'vitest';
import { histogramBins, histogramOf } from '../../engine/measure/histogram.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import { activityTensors, elementCount, learnedTensors, stateTensors } from '../../engine/model/tensors.ts';
import { smallSummary } from '../../test/small-summary.ts';
import { withinMemory } from '../../test/within-memory.ts';
import { runAsCsv, runAsJson } from '../export/run-file.ts';
import { tableNames } from '../export/run-tables.ts';
import { curveOf } from '../runs/curves.ts';
import { differencesOf } from '../runs/differences.ts';
import { overlay } from '../runs/overlay.ts';
import { readMoment } from '../worker/kept-moment.ts';
import { frameTensors } from '../worker/observation.ts';
import { isReadable, type RunRecord, readRecord, recordVersion } from './record.ts';

/*
 * What the browser's database holds may be another version's, or damaged: it is read, or left out with a reason, and what
 * is read can be shown, compared and exported.
 */

const numRuns = 10_000;

const summary = { ...smallSummary, accuracy: { ambiguous: 0.5, predictable: null } };
const record: RunRecord = {
  version: recordVersion,
  id: 'a',
  name: 'A run',
  pinned: false,
  settings: defaultPreset.settings,
  data: { name: 'a.csv', columns: [{ name: 'x', mean: 0, reach: 1 }] },
  mode: { learning: true, freeRun: false },
  engine: 'cpu',
  step: 300,
  checkpointStep: 300,
  bytes: 10,
  momentBytes: 0,
  training: true,
  history: {
    points: [1, 2, 3].map(i => ({ step: 100 * i, loss: 1 / i, bursting: 0, columns: 5 })),
    width: 100,
  },
  milestones: [
    { step: 100, summary, inputs: 2, target: new Float32Array(4), prediction: new Float32Array(4) },
  ],
  summary,
  writer: 'here',
  created: 0,
  updated: 1e12,
  made: 1,
  kept: 2,
};

/** Every place in a value that can be cloned, by the keys that lead there. */
function placesOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [[...path]];
  return [[...path], ...Object.entries(value).flatMap(([key, inner]) => placesOf(inner, [...path, key]))];
}

/** A copy with `put` in the place where `path` leads; undefined takes away what is there. */
function changed(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  const copy: Record<string, unknown> = Array.isArray(value)
    ? ([...value] as never)
    : { ...(value as object) };
  const inner = changed(copy[key], rest, put);
  if (inner === undefined) delete copy[key];
  else copy[key] = inner;
  return copy;
}

const anything = fc.oneof(
  fc.constantFrom(undefined, null, '', 0, -1, 0.5, 3, 1e300, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60),
  fc.constantFrom<unknown>(new Float32Array(3), new Float32Array(0), new Uint32Array(4), [], {}, new Map()),
  fc.double(),
  fc.nat(1000),
  fc.string(),
  fc.anything({ maxDepth: 2, withDate: true, withMap: true, withTypedArray: true }),
);
/** `good` with one to three things in it put otherwise. */
const damaged = (good: object) => {
  const places = placesOf(good);
  return fc
    .array(fc.tuple(fc.constantFrom(...places), anything), { minLength: 1, maxLength: 3 })
    .map(changes =>
      changes.reduce<unknown>((value, [path, put]) => {
        // An earlier change may have taken the place away.
        const there = path.slice(0, -1).reduce<unknown>((at, key) => Object(at)[key], value);
        return path.length === 0 ||
          (typeof there === 'object' && there !== null && !ArrayBuffer.isView(there))
          ? changed(value, path, put)
          : value;
      }, good),
    );
};

it('kept runs are read, or left out with a reason', () => {
  const date = new Intl.DateTimeFormat('en');
  let read = 0;
  fc.assert(
    fc.property(fc.oneof({ weight: 9, arbitrary: damaged(record) }, anything), stored => {
      const found = withinMemory(() => readRecord('a', stored));
      if (!isReadable(found)) return found.reason.length > 5;
      read++;
      const rows = overlay([curveOf(found), curveOf(record)]);
      expect(rows.every(row => Number.isFinite(row.step))).toBe(true);
      differencesOf([found, record]);
      date.format(found.created);
      date.format(found.updated);
      JSON.parse(runAsJson({ ...found, steps: null }));
      for (const table of tableNames) runAsCsv({ ...found, steps: null }, table);
      return true;
    }),
    { numRuns },
  );
  expect(read).toBeGreaterThan(numRuns / 100);
});

it('what the network was like at milestones is read whole, or not at all', () => {
  const network = { ...defaultPreset.settings.network, columns: 4, winners: 2, encoder: [2], decoder: [2] };
  const specs = [...activityTensors(network), ...stateTensors(network)];
  const good = {
    step: 7,
    tensors: new Map(
      frameTensors(network).map(name => [
        name,
        new Float32Array(elementCount(specs.find(spec => spec.name === name)!.shape)),
      ]),
    ),
    steps: {
      firstStep: 4,
      count: 3,
      input: new Float32Array(3),
      target: new Float32Array(3),
      prediction: new Float32Array(3),
      loss: new Float32Array(3),
      bursting: new Uint32Array(3),
      winners: new Uint32Array(6),
    },
    checkpoint: new Uint8Array(3),
    gradients: new Map(
      learnedTensors(network).map(({ name, shape }) => [
        name,
        histogramOf(new Float32Array(elementCount(shape)).fill(0.5)),
      ]),
    ),
  };
  const [[name, histogram] = []] = good.gradients;
  const spread = damaged(histogram!).map(put => ({
    ...good,
    gradients: new Map<unknown, unknown>([...good.gradients, [name, put]]),
  }));
  let read = 0;
  fc.assert(
    fc.property(
      fc.oneof({ weight: 6, arbitrary: damaged(good) }, { weight: 3, arbitrary: spread }, anything),
      stored => {
        const found = withinMemory(() => readMoment(stored, network));
        if (!found) return;
        read++;
        for (const [name, values] of good.tensors)
          expect(found.tensors.get(name)).toHaveLength(values.length);
        for (const [name, before] of found.gradients ? good.gradients : []) {
          const { counts, reach, size, mean, deviation, zeros } = found.gradients!.get(name)!;
          expect([counts.length, size]).toEqual([histogramBins, before.size]);
          expect([reach, mean, deviation, zeros].every(Number.isFinite)).toBe(true);
        }
        if (found.steps) expect(found.steps.firstStep + found.steps.count).toBe(found.step);
      },
    ),
    { numRuns },
  );
  expect(read).toBeGreaterThan(0);
});
