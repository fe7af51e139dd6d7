import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attemptTable } from './attempts.ts';
import { change } from './change.ts';
import { changePlot, changeTable } from './change-section.ts';
import { comparisonList, rivalTable } from './comparison.ts';
import { deepHtm, gru } from './competitors.ts';
import type { DriftProgress } from './drift-run.ts';
import { driftPlot, driftTable } from './drift-section.ts';
import { freshGoalTable, otherGoalTable, sineGoalTable } from './goals.ts';
import { engineTable } from './gpu-section.ts';
import { highOrder } from './high-order.ts';
import { type Measurements, settingsNote, wavesOf } from './measurements.ts';
import { readMeasured } from './records.ts';
import type { Result, WaveResult } from './result.ts';
import { columnTable, errorTable, type StudiedStream, stillTable, streamPlot } from './stream-section.ts';
import { streams } from './streams.ts';
import { symbolPlot, symbolTable } from './symbol-section.ts';

const commands = {
  cpu: 'npm run study',
  gpu: 'npm run study -- --engine gpu',
  fresh: 'npm run study -- --fresh',
  drift: 'npm run study -- --drift',
} as const;
const command = (text: string) => `\`\`\`sh\n${text}\n\`\`\``;
const paragraphs = (parts: readonly string[]) => parts.join('\n\n');

/** Pictures of the study by file name. */
export function pictures(measured: Measurements, studied: readonly StudiedStream[]): Map<string, string> {
  const { cpu, drift } = measured;
  const all = new Map(studied.map(stream => [stream.name, streamPlot(cpu.results, stream)]));
  all.set(change.name, changePlot(cpu.results));
  all.set(highOrder.name, symbolPlot(cpu.results));
  if (drift && drift.results.length > 0) all.set('drift', driftPlot(drift.results));
  return all;
}

/** docs/learning.md */
export function learningDocument(measured: Measurements, studied: readonly StudiedStream[]): string {
  const { cpu, fresh, gpu, drift } = measured;
  const seedsOf = (name: string) => wavesOf(cpu.results, studied[0]!.name, name).length;
  const own = seedsOf(deepHtm);
  const made = own < 5 ? `${commands.cpu} -- --quick` : commands.cpu;
  const note = (of: { network: Measurements['cpu']['network'] }) => settingsNote(of.network, cpu.network);
  return `${paragraphs([
    '# How it learns, measured',
    'Written by commands; change the study, not this file:',
    command([made, commands.fresh, commands.drift, commands.gpu].join('\n')),
    introduction(own, seedsOf(gru)),
    '## Goals',
    command(made),
    sineGoalTable(measured),
    otherGoalTable(measured),
    '## The same with seeds that nothing was chosen by',
    command(commands.fresh),
    freshText,
    fresh
      ? `${note(fresh)}${sineGoalTable(measured, fresh.results)}\n\n${freshGoalTable(fresh.results)}`
      : 'Not measured yet.',
    '## Where it wins and where it does not',
    command(made),
    comparisonText,
    rivalTable(cpu.results),
    comparisonList(cpu.results),
    '## How to read the tables',
    legend,
    ...studied.flatMap(stream => [
      `## ${stream.label}`,
      command(made),
      errorTable(cpu.results, stream),
      stillTable(cpu.results, stream),
      `![Learning curves: ${stream.label}](learning/${stream.name}.svg)`,
    ]),
    `## ${highOrder.label}`,
    command(made),
    symbolText,
    symbolTable(cpu.results),
    `![Share of ambiguous symbols predicted](learning/${highOrder.name}.svg)`,
    `## ${change.label}`,
    command(made),
    changeText,
    changeTable(cpu.results),
    `![Learning curves: ${change.label}](learning/${change.name}.svg)`,
    '## Use of columns',
    command(made),
    columnText,
    columnTable(cpu.results, studied),
    '## A million steps',
    command(commands.drift),
    driftText,
    drift && drift.results.length > 0
      ? `${note(drift)}${driftTable(drift.results)}\n\n![Error over a million steps](learning/drift.svg)`
      : 'Not measured yet.',
    '## Both engines',
    command(commands.gpu),
    engineText,
    gpu
      ? `${note(gpu)}GPU engine on: ${gpu.adapter}.\n\n${engineTable(cpu.results, gpu.results)}`
      : 'Not measured yet.',
    '## What was tried',
    attemptText,
    attemptTable(),
  ])}\n`;
}

const introduction = (own: number, rival: number) => `\
Every predictor sees one value a step (of symbols, six) and predicts the next; it learns at every step. DeepHTM is the default preset, one setting for every stream, on the CPU
engine unless a table says otherwise. Figures are medians over the seeds (DeepHTM: ${own}, GRU: ${rival}), with the worst seed in brackets where it reads differently.

**What to make of it.** A sine shows that memory works, never that this network predicts best: two terms of linear regression continue a sine exactly. What the ratio to
persistence says is whether the network has learned anything that a network *without* memory could not: that one stays near a ratio of 1, although its plot looks right.`;

const freshText = `\
The default preset was chosen by its figures with seeds 1 to 5, with others up to 26, and with those of a native prototype. Here are seeds 31 to 35, so that no figure above has to be taken for more than it is.`;

const comparisonText = `\
Errors of DeepHTM over those of the GRU, medians; below 1, in bold, DeepHTM is ahead. The last column is what its context is worth: the error of the same network
whose cells always burst, over its own. What follows the table is computed from the measurements too, not chosen.`;

const legend = `\
- **RMSE 1k, 4k, 10k**: one-step error over the 1,000 steps before. **ratio**: the same over persistence ("the next value is the present one") in the same steps.
- **weights still**: the ratio over 1,000 further steps without updates of weights, but with the columns' running mean and variance going on. **frozen**: over 1,000 more in
  which those stand still too. A network that predicts well with still weights, but not frozen, depends on these
  statistics moving with the signal: they lag behind it, which tells rising from falling, and are a memory beside that of the cells.
- **free run**: after those, frozen, RMSE of the first 100 and of all 500 steps in which each predictor is fed its own predictions. On a sine of amplitude 1 an answer of all
  zeros would have 0.71; a chaotic series cannot be followed for long by anything. **amplitude off**: how far the root mean square about the mean of steps 100 to 500 is
  from the true wave's, 100% for what comes to rest;
  **period off**: how far the mean distance of upward zero crossings is from the true period, "none" where there are not two.
- **DeepHTM without context**: the same network with one cell to a column, so that its gate is always 1, as that of a column that bursts in every step. Nothing of the past
  then reaches the prediction through the cells. So that nothing else does either, its running statistics are plain averages over all steps and it has no conscience. It is a
  multilayer perceptron of the same layers, with 256 cells for 1,280 and winners in the middle. What it gets below a ratio of 1 while it learns is weights chasing the signal: see *frozen*.
- **Persistence**, and **best without memory**: the best that can be done from the present value alone, in closed form for a clean sine, else estimated from 20,000 values
  (so it can come out a little beside what a window of 1,000 steps holds).
- **AR(n)**: a linear combination of the last n values, by recursive least squares over all steps so far; *forgetting*: an error of n steps ago counts 0.995^n, in the directions that the signal takes.
  Errors below 1e-6 are the rounding of the values to float32.
- **GRU**: 64 units, gradient of the last 20 steps at every step, Adam with a rate of 0.003 that halves every 2,000 steps, or stays where it says so. In float64.

Curves are drawn no lower than the decade of 0.0001.`;

const symbolText = `\
A-B-C-D or X-B-C-Y, drawn anew each time, six one-hot channels; the symbol predicted is the channel of the largest output. Only what came two symbols before C tells D from Y, and
these are the ambiguous symbols counted here: without memory half of them can be right. After 5,000 symbols the endings are swapped, A-B-C-Y and X-B-C-D. 99% is reached
where 248 of the last 250 ambiguous symbols, 1,000 symbols in all, were predicted, so that nothing can take less than 1,000; after the swap that window lies behind it.`;

const changeText = `\
The period is 50 for 10,000 steps, then 31.7 for 5,000, then 50 again; all learn throughout. RMSE over the 1,000 steps before the change, the 1,000 after it, and the first 1,000 of
the old period come back. Recovered: the error of 250 steps is at most a quarter of persistence, so 250 is the least that it can take.`;

const columnText = `\
Of DeepHTM, over the last 1,000 of 10,000 steps. *In use*: won at least once. *Entropy*: of the columns' shares of wins; 1 means that all win alike.
*Bursting*: winners that no cell had predicted.`;

const driftText = `\
DeepHTM, seed 1. It learns for 20,000 steps; then errors are taken over windows of 10,000 steps, while it goes on learning or frozen. *Grew most*: the tensor, learned or of the
network's state, whose root mean square was the most times what it was after 20,000 steps. *Memory*: resident after garbage was collected, of each process that had a part in the run, 20,000 steps in and at its end.

Two streams are partly chance: a sine with noise, and symbols of which each fourth is drawn by a coin. There no error is ever the last, so at a rate that stays large the weights wander
for as long as it learns, and a cell that wandered to where nothing excites it has no gradient to come back by. The presets of these streams let the rate fall to a twentieth; the default's,
which falls to three fifths, is shown beside it: with symbols its memory dies, and the error passes the 0.204 of the best predictor without any. Over 10,000 steps, which is what
the tables above measure, that does not show.`;

const engineText = `\
The same runs of DeepHTM on both engines. They do the same sums in another order: in float32 the last digits differ, which learning makes larger, so what must agree
is how well it learns, not each figure. That single steps agree is for the golden files to show.`;

const attemptText = `\
On the way to the default preset. These rows were measured with a throwaway native program of the same model, not with the commands above; ratios to persistence
at 10,000 steps where nothing else is said. What did not pay is no part of the default preset.`;

/** Writes learning.md and its pictures from what the commands measured. @returns its path; null before the first study */
export function writeDocument(out: string): string | null {
  const folder = join(out, 'learning');
  const cpu = readMeasured<Result>(folder, 'results');
  if (!cpu) return null;
  const measured: Measurements = {
    cpu,
    fresh: readMeasured<Result>(folder, 'fresh'),
    gpu: readMeasured<WaveResult>(folder, 'gpu'),
    drift: readMeasured<DriftProgress>(folder, 'drift'),
  };
  const studied = streams.map(({ name, label, noMemory }) => ({ name, label, noMemory: noMemory() }));
  for (const [name, picture] of pictures(measured, studied))
    writeFileSync(join(folder, `${name}.svg`), picture);
  const path = join(out, 'learning.md');
  writeFileSync(path, learningDocument(measured, studied));
  return path;
}
