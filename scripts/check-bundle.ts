/**
 * Holds the built page (`dist/`) to its promises: less than 300 kB of gzipped JavaScript in all, workers included, and
 * nothing that its HTML or CSS fetches from another host.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT = 300_000;

interface Script {
  path: string;
  gzipped: number;
  /** Loaded before the page can show anything. */
  initial: boolean;
}

const files = readdirSync('dist', { recursive: true, encoding: 'utf8' });
const html = readFileSync('dist/index.html', 'utf8');
const requestedFirst = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="([^"]+\.js)"/g)].map(match =>
  join(match[1]!),
);
const scripts: Script[] = files
  .filter(path => /\.m?js$/.test(path))
  .map(path => ({
    path,
    gzipped: gzipSync(readFileSync(join('dist', path))).byteLength,
    initial: requestedFirst.includes(path),
  }));
const total = sum(scripts);
const initial = sum(scripts.filter(script => script.initial));

function sum(some: readonly Script[]): number {
  return some.reduce((bytes, script) => bytes + script.gzipped, 0);
}

for (const { path, gzipped, initial } of scripts) {
  console.log(`${kilobytes(gzipped)}  ${initial ? 'initial' : 'later  '}  ${path}`);
}
console.log(`${kilobytes(initial)}  initial JavaScript, gzipped`);
console.log(`${kilobytes(total)}  all JavaScript, gzipped; the limit is ${kilobytes(LIMIT).trim()}`);

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(6)} kB`;
}

const foreign = files
  .filter(path => /\.(html|css)$/.test(path))
  .flatMap(path => {
    const text = readFileSync(join('dist', path), 'utf8');
    const requests =
      /(?:<(?:script|img|iframe|link)\b[^>]*?(?:src|href)=["']?|url\(["']?|@import\s*["'])((?:https?:)?\/\/[^"')\s>]+)/g;
    return [...text.matchAll(requests)].map(match => `${path} requests ${match[1]}`);
  });

const problems = [...foreign];
if (initial === 0) problems.push('dist/index.html starts no script: is this a build of the page?');
if (total > LIMIT) problems.push(`the JavaScript is ${kilobytes(total - LIMIT).trim()} over its limit`);
for (const problem of problems) console.error(`error: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
