import { expect, describe as group, test } from 'vitest';
import { createCpuNetwork } from '../../engine/cpu/network.ts';
import { initialState } from '../../engine/model/initialise.ts';
import { defaultPreset } from '../../engine/model/presets.ts';
import type { Frame } from '../worker/protocol.ts';
import { activityOf, cellState, gatesOf } from './activity.ts';
import { summarise } from './describe.ts';
import { describe } from './describe-unit.ts';

const config = { ...defaultPreset.settings.network, columns: 4, winners: 2, cellsPerColumn: 3 };

/** Column 2 wins as predicted, column 0 bursts; a cell of column 1 was wrong. */
const previous = Float32Array.of(0, 0, 0, 0.5, 0, 0, 0.3, 0, 0.1, 0, 0, 0);
const frame: Frame = {
  step: 7,
  tensors: new Map([
    ['activity.winners', Float32Array.of(2, 0)],
    ['previous.predictive', previous],
    ['state.predictive', Float32Array.of(0, 0.2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['state.active', Float32Array.of(0.1, 0.1, 0.1, 0, 0, 0, 0.75, 0, 0.25, 0, 0, 0)],
    ['activity.score', Float32Array.of(0.3, 0, 1, 0)],
    ['activity.input', Float32Array.of(0.5)],
    ['activity.prediction', Float32Array.of(-0.25)],
  ]),
  column: null,
};
const activity = activityOf(frame, config)!;
const state = (cell: number) => cellState(activity, Math.floor(cell / 3), previous[cell]!);

group('the activity of a frame', () => {
  test('ranks winners and tells which burst', () => {
    expect([...activity.rank]).toEqual([1, -1, 0, -1]);
    expect([...activity.bursting]).toEqual([0]);
  });

  test('tells what each cell does', () => {
    expect([...previous.keys()].map(state)).toEqual([
      ...['burst', 'burst', 'burst'],
      ...['missed', 'idle', 'idle'],
      ...['correct', 'idle', 'correct'],
      ...['idle', 'idle', 'idle'],
    ]);
  });

  test('gives the cells their shares of the column', () => {
    expect(gatesOf(activity, previous, 0, 3)).toEqual([1 / 3, 1 / 3, 1 / 3]);
    expect(gatesOf(activity, previous, 1, 3)).toEqual([0, 0, 0]);
    const shares = gatesOf(activity, previous, 2, 3);
    expect(shares[0]).toBeCloseTo(0.75, 6);
    expect(shares[2]).toBeCloseTo(0.25, 6);
  });

  test('is none before a frame, before the first step, or when the frame is of another network', () => {
    expect(activityOf(null, config)).toBeNull();
    expect(activityOf({ ...frame, step: 0 }, config)).toBeNull();
    expect(activityOf(frame, { ...config, winners: 3 })).toBeNull();
    expect(activityOf(frame, { ...config, cellsPerColumn: 2 })).toBeNull();
  });
});

group('in words', () => {
  const duty = () => 0.031;
  const known = { config, tensors: frame.tensors, activity, actual: -0.3, duty };

  test('a column and its cells', () => {
    expect(describe({ kind: 'memory', column: 0, cell: null }, known)).toEqual({
      title: 'Column 0',
      lines: [
        'winner, rank 2 of 2, bursting: not predicted',
        "column's score 0.30 · duty 3.1%",
        '3 cells: 3 active, 1 predictive',
      ],
    });
    const { lines } = describe({ kind: 'memory', column: 2, cell: 0 }, known);
    expect(lines[0]).toBe('active, correctly predicted 0.750 (75.0% of the column)');
    expect(lines[1]).toBe('not predictive');
  });

  test('the output beside what really came', () => {
    expect(describe({ kind: 'output' }, known).lines).toEqual(['−0.25', 'the next value really was −0.30']);
  });

  test('names units before anything is known of them', () => {
    const unknown = { config, tensors: new Map(), activity: null, actual: null, duty };
    expect(describe({ kind: 'encoder', index: 1, unit: 3 }, unknown)).toEqual({
      title: 'Encoder layer 2, unit 3',
      lines: [],
    });
    expect(describe({ kind: 'memory', column: 1, cell: 0 }, unknown).lines).toEqual([]);
    expect(summarise(0, unknown)).toMatch(/has not run yet/);
  });

  test('the whole', () => {
    expect(summarise(7, known)).toMatch(/step 7: winning columns 2, 0; 1 of them burst; 1 of 12 cells/);
  });
});

test('agrees with the engine on which cells are active', async () => {
  const standard = defaultPreset.settings.network;
  const network = createCpuNetwork(standard, initialState(standard, 1));
  const kinds = new Set<string>();
  for (let step = 0; step < 60; step++) {
    const { bursting } = await network.run(Float32Array.of(Math.sin(step / 8), Math.sin((step + 1) / 8)));
    const names = ['activity.winners', 'previous.predictive', 'state.active', 'activity.column'];
    const tensors = await network.read(names);
    const now = activityOf({ step: step + 1, tensors, column: null }, standard)!;
    expect(now.bursting.size).toBe(bursting[0]);
    let wrong = 0;
    for (let cell = 0; cell < 256 * 5; cell++) {
      const column = Math.floor(cell / 5);
      const predicted = tensors.get('previous.predictive')!;
      const gate = gatesOf(now, predicted, column, 5)[cell % 5]!;
      const expected = tensors.get('activity.column')![column]! * gate;
      const kind = cellState(now, column, predicted[cell]!);
      if (Math.abs(tensors.get('state.active')![cell]! - expected) > 1e-6) wrong++;
      if (gate > 0 !== (kind === 'correct' || kind === 'burst')) wrong++;
      kinds.add(kind);
    }
    expect(wrong).toBe(0);
  }
  expect([...kinds].sort()).toEqual(['burst', 'correct', 'idle', 'missed']);
});
