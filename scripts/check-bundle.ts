/**
 * Holds the built page (`dist/`) to its promises: less than 300 kB of gzipped JavaScript to open it and train, workers
 * and charts included; no part that is loaded on demand larger than 60 kB; and nothing that its HTML or CSS fetches
 * from another host.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const TRAINING_LIMIT = 300_000;
const ON_DEMAND_LIMIT = 60_000;

/** What the Training view loads by itself, a moment after it shows; with all that these load in turn. */
const trainingParts = [
  'app/charts/ErrorChart.tsx',
  'app/charts/LossChart.tsx',
  'app/snapshots/Snapshots.tsx',
  'app/charts/ErrorPlot.tsx',
  'app/charts/LossPlot.tsx',
];
/** Starts with the page, by `new Worker`; the build's manifest knows neither it nor what it imports. */
const trainingWorker = /^training\.worker-/;
const serviceWorker = 'service-worker.js';

interface Chunk {
  file: string;
  isEntry?: boolean;
  imports?: string[];
}

type Part = 'to open and train' | 'on demand' | 'service worker';

const manifest: Record<string, Chunk> = JSON.parse(readFileSync('dist/.vite/manifest.json', 'utf8'));
const problems: string[] = [];

function chunkOf(source: string): Chunk {
  const chunk = manifest[source];
  if (chunk) return chunk;
  problems.push(`${source} is no chunk of this build: correct the list in check-bundle`);
  return { file: '' };
}

/** A chunk and everything that it cannot run without. */
function needed(chunk: Chunk, found = new Set<string>()): Set<string> {
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const name of chunk.imports ?? []) needed(chunkOf(name), found);
  return found;
}

const entries = Object.values(manifest).filter(chunk => chunk.isEntry);
const training = new Set([...entries, ...trainingParts.map(chunkOf)].flatMap(chunk => [...needed(chunk)]));

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' }).map(path =>
  path.replaceAll('\\', '/'),
);

for (const path of files.filter(path => trainingWorker.test(basename(path)))) {
  training.add(path);
  const imports = readFileSync(join('dist', path), 'utf8').matchAll(/\b(?:from|import)"\.\/([^"]+)"/g);
  for (const [, name] of imports) training.add(join(dirname(path), name!).replaceAll('\\', '/'));
}

const partOf = (path: string): Part => {
  if (path === serviceWorker) return 'service worker';
  return training.has(path) ? 'to open and train' : 'on demand';
};

const scripts = files
  .filter(path => /\.m?js$/.test(path))
  .map(path => ({
    path,
    part: partOf(path),
    gzipped: gzipSync(readFileSync(join('dist', path))).byteLength,
  }));

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;

for (const part of ['to open and train', 'on demand', 'service worker'] as const) {
  const own = scripts.filter(script => script.part === part).sort((a, b) => b.gzipped - a.gzipped);
  const sum = own.reduce((bytes, { gzipped }) => bytes + gzipped, 0);
  console.log(`${kilobytes(sum)}  ${part}`);
  for (const { path, gzipped } of own) console.log(`  ${kilobytes(gzipped)}  ${path}`);
  if (part === 'to open and train' && sum > TRAINING_LIMIT)
    problems.push(
      `what opens the page and trains is ${kilobytes(sum - TRAINING_LIMIT).trim()} over its limit`,
    );
  if (part === 'on demand')
    for (const { path, gzipped } of own)
      if (gzipped > ON_DEMAND_LIMIT)
        problems.push(`${path} is ${kilobytes(gzipped - ON_DEMAND_LIMIT).trim()} over the limit of one part`);
}

const foreign = files
  .filter(path => /\.(html|css)$/.test(path))
  .flatMap(path => {
    const text = readFileSync(join('dist', path), 'utf8');
    const requests =
      /(?:<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=["']?|url\(["']?|@import\s*["'])((?:https?:)?\/\/[^"')\s>]+)/g;
    return [...text.matchAll(requests)].map(match => `${path} requests ${match[1]}`);
  });
problems.push(...foreign);

if (entries.length === 0) problems.push('dist/index.html starts no script: is this a build of the page?');
if (!scripts.some(({ path }) => trainingWorker.test(basename(path))))
  problems.push('there is no training worker: has it another name now?');
if (!scripts.some(({ part }) => part === 'service worker')) problems.push('there is no service worker');
for (const { path } of scripts)
  if (/\bnew Function\(|[^.\w]eval\(/.test(readFileSync(join('dist', path), 'utf8')))
    problems.push(`${path} makes code from text, which the page's policy forbids`);
for (const problem of problems) console.error(`error: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
