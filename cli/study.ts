import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeepHtmError } from '../engine/errors.ts';
import { parseStudyArguments, type StudyArguments, studyUsage } from './study/arguments.ts';
import { allSeeds, entries } from './study/competitors.ts';
import { learningDocument, streamPlot } from './study/document.ts';
import { runTasks } from './study/pool.ts';
import type { Task } from './study/result.ts';
import { streams } from './study/streams.ts';
import { figure } from './study/table.ts';

async function study({ quick, out, jobs }: StudyArguments): Promise<void> {
  const seeds = quick ? allSeeds.slice(0, 2) : allSeeds;
  const tasks: Task[] = entries.flatMap(({ name }) =>
    seeds.flatMap(seed => streams.map(stream => ({ stream: stream.name, predictor: name, seed }))),
  );
  const started = performance.now();
  const results = await runTasks(tasks, jobs, ({ stream, predictor, seed, ratio }, done) => {
    const seconds = Math.round((performance.now() - started) / 1000);
    console.log(
      `${String(done).padStart(4)}/${tasks.length} ${String(seconds).padStart(5)} s  ${stream.padEnd(13)} ${predictor.padEnd(21)} seed ${seed}  ratio ${ratio.map(figure).join(' ')}`,
    );
  });
  const studied = streams.map(({ name, label, noMemory }) => ({
    name,
    label,
    noMemory: noMemory(),
    results: results.filter(r => r.stream === name),
  }));
  mkdirSync(join(out, 'learning'), { recursive: true });
  for (const stream of studied)
    writeFileSync(join(out, 'learning', `${stream.name}.svg`), streamPlot(stream));
  const made = `npm run study${quick ? ' -- --quick' : ''}`;
  writeFileSync(join(out, 'learning.md'), learningDocument(studied, made));
  console.log(`Wrote ${join(out, 'learning.md')}`);
}

try {
  const args = parseStudyArguments(process.argv.slice(2));
  if (args === 'help') console.log(studyUsage);
  else await study(args);
} catch (error) {
  console.error(error instanceof DeepHtmError ? `${error.name}: ${error.message}` : error);
  process.exit(1);
}
