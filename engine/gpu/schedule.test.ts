import { expect, test } from 'vitest';
import type { Phase } from './layer.ts';
import { Layout, type Region } from './layout.ts';
import { schedule } from './schedule.ts';

const { units } = new Layout();
const [a, b, c, d] = [4, 4, 4, 4].map(size => units.allocate(size)) as [Region, Region, Region, Region];

const phase = (name: string, groups: number, reads: Region[], writes: Region[]): Phase => ({
  name,
  call: '',
  groups,
  reads,
  writes,
});

const names = (phases: Phase[]) =>
  schedule(phases).map(({ stages }) => stages.map(stage => stage.map(p => p.name)));

test('what depends on nothing unfinished runs side by side, in workgroups of its own', () => {
  const phases = [phase('first', 2, [a], [b]), phase('second', 3, [a], [c]), phase('third', 2, [b, c], [d])];
  expect(names(phases)).toEqual([[['first', 'second']], [['third']]]);
  expect(schedule(phases).map(({ groups }) => groups)).toEqual([5, 2]);
});

test.each([
  ['reads what was written', [a], [b], [b], [c]],
  ['writes what was read', [a], [b], [c], [a]],
  ['writes what was written', [a], [b], [c], [b]],
])('a phase that %s waits', (_, reads, writes, laterReads, laterWrites) => {
  const phases = [phase('early', 2, reads, writes), phase('late', 2, laterReads, laterWrites)];
  expect(names(phases)).toEqual([[['early']], [['late']]]);
});

test('regions that overlap are the same thing', () => {
  const half = { ...a, offset: a.offset + 2, size: 4 };
  expect(names([phase('early', 2, [c], [a]), phase('late', 2, [half], [d])])).toHaveLength(2);
  const beside = { ...a, store: 'sparse' as const };
  expect(names([phase('early', 2, [c], [a]), phase('late', 2, [beside], [d])])).toHaveLength(1);
});

test('phases of one workgroup follow each other in one dispatch, in stages', () => {
  const chain = [phase('one', 1, [a], [b]), phase('two', 1, [b], [c]), phase('wide', 2, [c], [d])];
  expect(names(chain)).toEqual([[['one'], ['two']], [['wide']]]);
  expect(schedule(chain).map(({ groups }) => groups)).toEqual([1, 2]);
});

test('phases as light as one workgroup follow each other too, and heavy ones keep theirs', () => {
  const light = (name: string, reads: Region[], writes: Region[]) => ({
    ...phase(name, 3, reads, writes),
    light: true,
  });
  const chain = [
    light('one', [a], [b]),
    phase('two', 1, [b], [c]),
    phase('wide', 2, [c], [d]),
    light('beside', [c], [a]),
  ];
  expect(names(chain)).toEqual([[['one'], ['two']], [['wide', 'beside']]]);
  expect(schedule(chain).map(({ groups }) => groups)).toEqual([1, 5]);
});

test('but not without end, for the sake of compilers', () => {
  const chain = Array.from({ length: 10 }, (_, i) => phase(`p${i}`, 1, [a], [a]));
  expect(schedule(chain).map(({ stages }) => stages.length)).toEqual([8, 2]);
});
