import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { changeTable } from './change-section.ts';
import { deepHtm, deepHtmConfig } from './competitors.ts';
import { learningDocument, pictures, writeDocument } from './document.ts';
import { driftRuns, fullLengths } from './drift-run.ts';
import { driftTable, mostDrift, mostGrowth } from './drift-section.ts';
import { engineTable } from './gpu-section.ts';
import type { Measurements } from './measurements.ts';
import { changeRun, sample, symbolRun, wave } from './sample.ts';
import { columnTable, errorTable, stillTable, streamPlot } from './stream-section.ts';
import { streams } from './streams.ts';
import { symbolTable } from './symbol-section.ts';

const own = (seed: number, last: number, inUse: number) =>
  wave({
    predictor: deepHtm,
    seed,
    rmse: [0.1, 0.05, 0.2 * last],
    ratio: [0.5, 0.25, last],
    curve: Array.from({ length: 40 }, (_, i) => 0.2 / (i + 1)),
    periodError: seed === 3 ? Number.POSITIVE_INFINITY : 0.01 * seed,
    columns: { inUse, entropy: 0.8, burstRate: 0.01 * seed },
  });
const results = [own(1, 0.1, 60), own(2, 0.4, 50), own(3, 0.2, 70), wave()];
const stream = { name: 'sine-50', label: 'A <stream>', noMemory: 0.1 };

const rowsOf = (markdown: string) =>
  markdown.split('\n').map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  );

describe('errorTable', () => {
  const rows = rowsOf(errorTable(results, stream));

  test('gives medians, and the worst seed in brackets', () => {
    expect(rows[2]).toEqual(['DeepHTM', '0.100', '0.0500', '0.0400', '0.500', '0.250', '0.200 (0.400)']);
  });

  test('ends with the best predictor without memory, against the same persistence', () => {
    expect(rows.at(-1)).toEqual([
      'Best without memory',
      ...['0.100', '0.100', '0.100', '0.500', '0.500', '0.500'],
    ]);
  });

  test('every row has as many cells as the header', () => {
    for (const row of rows) expect(row).toHaveLength(7);
  });
});

describe('stillTable', () => {
  test('says how far amplitude and period are off, and none for a wave that died', () => {
    const rows = rowsOf(stillTable(results, stream));
    expect(rows[0]!.slice(-2)).toEqual(['amplitude off', 'period off']);
    expect(rows[2]!.slice(-2)).toEqual(['30.0%', '2.0% (none)']);
  });

  test('has no period for streams without one', () => {
    const [first] = rowsOf(stillTable([wave({ periodError: null })], stream));
    expect(first!.at(-1)).toBe('amplitude off');
  });
});

test('columnTable gives the median, the fewest columns and the worst burst rate', () => {
  expect(columnTable(results, [stream]).split('\n')[2]).toBe(
    '| A <stream> | 60 of 256 | 50 | 0.800 | 2.0% | 3.0% |',
  );
});

test('changeTable gives medians; one seed that never recovers is the worst', () => {
  const runs = [changeRun(), changeRun({ stepsToRecover: null, after: 0.4 }), changeRun({ back: 0.05 })];
  expect(rowsOf(changeTable(runs))[2]).toEqual([
    'Persistence',
    '0.100',
    '0.200 (0.400)',
    '0.150',
    '700 (never)',
  ]);
});

test('symbolTable gives the median and worst accuracy, and when it was there', () => {
  const runs = [symbolRun({ accuracy: 0.5, symbolsToLearn: null }), symbolRun(), symbolRun()];
  expect(rowsOf(symbolTable(runs))[2]).toEqual(['Persistence', '100.0%', '50.0%', '2,000 (never)', '2,500']);
});

describe('streamPlot', () => {
  const svg = streamPlot(results, stream);

  test('draws each predictor and the floor, and names them', () => {
    for (const name of ['DeepHTM', 'Persistence', 'Best without memory'])
      expect(svg).toContain(`>${name}</text>`);
    expect(svg.match(/fill="none"/g)).toHaveLength(3);
    expect(svg).not.toContain('NaN');
    expect(svg).toContain('A &lt;stream&gt;');
  });

  test('a better curve lies lower, and stays in the picture', () => {
    const [falling] = svg.match(/d="M[^"]*" fill="none"/)!;
    const heights = [...falling.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(m => Number(m[1]));
    expect(heights).toHaveLength(40);
    expect(heights.every((y, i) => i === 0 || y > heights[i - 1]!)).toBe(true);
    expect(Math.max(...heights)).toBeLessThanOrEqual(340);
  });
});

const longRun = {
  name: driftRuns[0]!.name,
  done: 500_000,
  rmse: [0.01, 0.02, 0.015],
  bad: 0,
  growth: {
    'pooler.bias': { start: 0, most: 3 },
    'memory.weight': { start: 2, most: 3 },
    'pooler.mean': { start: 1, most: 0.5 },
  },
  memory: [
    { start: 200, end: 210 },
    { start: 190, end: 220 },
  ],
};

describe('long runs', () => {
  test('drift is the worst window over the first, and no number at all where there was a bad one', () => {
    expect(mostDrift(longRun)).toBe(2);
    expect(mostDrift({ ...longRun, bad: 1 })).toBeNaN();
  });

  test('growth is that of the tensor that grew most, of those that had a size', () => {
    expect(mostGrowth(longRun)).toEqual({ tensor: 'memory.weight', times: 1.5 });
  });

  test('the table says how far a run has come', () => {
    const rows = rowsOf(driftTable([longRun, { ...longRun, done: fullLengths.steps }]));
    expect(rows[2]).toEqual([
      'Sine, period 50, learning',
      '500,000 of 1,000,000',
      '0.0100',
      '2.00',
      '0',
      '`memory.weight`',
      '1.50',
      '200 to 210, 190 to 220',
    ]);
    expect(rows[3]![1]).toBe('1,000,000');
  });
});

test('engines stand side by side, run by run', () => {
  const rows = rowsOf(engineTable(results, [own(2, 0.3, 55)]));
  expect(rows).toHaveLength(4);
  expect(rows[2]!.slice(0, 3)).toEqual(['Sine, period 50', '2', 'CPU']);
  expect(rows[2]![8]).toBe('0.400');
  expect(rows[3]!.slice(1, 3)).toEqual(['2', 'GPU']);
  expect(rows[3]![8]).toBe('0.300');
  for (const row of rows) expect(row).toHaveLength(rows[0]!.length);
});

describe('the document', () => {
  const studied = streams.map(({ name, label }) => ({ name, label, noMemory: 0.1 }));
  const full: Measurements = {
    ...sample(),
    gpu: { network: deepHtmConfig(1), adapter: 'Some GPU', results: [wave({ predictor: deepHtm })] },
    drift: { network: deepHtmConfig(1), results: [longRun] },
  };
  const document = learningDocument(full, studied);

  test('has a command above every table that was measured', () => {
    const sections = document.split('\n## ').slice(1);
    const measured = sections.filter(s => s.includes('| ---') && !s.startsWith('What was tried'));
    expect(measured).toHaveLength(streams.length + 7);
    for (const section of measured) expect(section, section.slice(0, 40)).toMatch(/```sh\nnpm run study/);
  });

  test('links to every picture there is, and to no other', () => {
    const linked = [...document.matchAll(/\]\(learning\/(.*)\.svg\)/g)].map(m => m[1]);
    expect(linked.sort()).toEqual([...pictures(full, studied).keys()].sort());
  });

  test('begins with the goals, and says what they do not', () => {
    expect(document.indexOf('## Goals')).toBeLessThan(document.indexOf('## Where it wins'));
    expect(document.indexOf('## Where it wins')).toBeLessThan(document.indexOf('## Sine'));
    expect(document).toContain('never that this network predicts best');
  });

  test('names the adapter, and warns of figures of other settings', () => {
    expect(document).toContain('GPU engine on: Some GPU.');
    expect(document).not.toContain('other settings than');
    const stale = { ...full, gpu: { ...full.gpu!, network: { ...deepHtmConfig(1), learningRate: 7 } } };
    expect(learningDocument(stale, studied)).toContain(
      '**Measured with other settings than the tables above** (learningRate)',
    );
  });

  test('says what is not measured yet', () => {
    expect(learningDocument(sample(), studied).match(/Not measured yet\./g)).toHaveLength(3);
  });

  test('has no number that is none', () => {
    expect(document).not.toMatch(/NaN|undefined|Infinity/);
  });
});

test('nothing is written before the study has run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'study-'));
  try {
    expect(writeDocument(folder)).toBeNull();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
