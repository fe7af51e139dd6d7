/**
 * `npm test`: every stage, whatever the others gave, each with its own output. Ends with what failed, by name, and the sum
 * over all of them on a line of its own: `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Count,
  failure,
  lastLines,
  type Outcome,
  outcomeOfPlaywright,
  outcomeOfVitest,
} from './test-reports.ts';

interface Stage {
  /** The npm script. */
  script: string;
  /** How the runner writes a JSON report to `path`; a stage without one counts its own tests, or is a single check. */
  report?: (path: string) => {
    args: string[];
    env: Record<string, string>;
    outcome: (report: string) => Outcome;
  };
}

/** No stage takes nearly as long on two slow cores: one that does hangs. */
const STAGE_LIMIT_MS = 15 * 60_000;

const windows = process.platform === 'win32';

/**
 * Two rows of stages that run side by side: the kernels in a page compile on one core for minutes. The whole page has both
 * cores: beside the unit tests it takes nearly twice as long. What a stage of the second row prints waits until it has ended.
 */
const rows: readonly (readonly Stage[])[] = [
  [
    { script: 'lint' },
    { script: 'types' },
    { script: 'lint:wgsl' },
    { script: 'test:unit', report: vitestReport },
    { script: 'test:python' },
    { script: 'test:bundle' },
    { script: 'test:e2e', report: playwrightReport },
  ],
  [{ script: 'test:chromium', report: vitestReport }],
];

function vitestReport(path: string) {
  return {
    args: ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`],
    env: {},
    outcome: outcomeOfVitest,
  };
}

function playwrightReport(path: string) {
  return {
    args: ['--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: path },
    outcome: outcomeOfPlaywright,
  };
}

/** The last `N passed, N failed` that a stage printed alone on a line; without one, the stage is a single check. */
function printedCount(output: string, succeeded: boolean): Outcome {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (last) return { passed: Number(last[1]), failed: Number(last[2]), skipped: 0, failures: [] };
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0, failures: [] };
}

async function runStage(stage: Stage, folder: string, show: (text: string) => void): Promise<Outcome> {
  const path = join(folder, `${stage.script.replaceAll(':', '-')}.json`);
  const report = stage.report?.(path);
  const { succeeded, output } = await runScript(stage.script, report?.args ?? [], report?.env ?? {}, show);
  const outcome = report ? readReport(path, report.outcome) : printedCount(output, succeeded);
  if (succeeded) return outcome;
  // An error outside every test, or a process that dies, fails the run without failing a test.
  const failures =
    outcome.failures.length > 0 ? outcome.failures : [failure(stage.script, lastLines(output, 30))];
  return { ...outcome, failed: Math.max(outcome.failed, 1), failures };
}

function readReport(path: string, outcome: (report: string) => Outcome): Outcome {
  // A runner that dies before its tests leaves none.
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0, failures: [] };
  return outcome(readFileSync(path, 'utf8'));
}

function runScript(
  script: string,
  args: string[],
  env: Record<string, string>,
  show: (text: string) => void,
) {
  return new Promise<{ succeeded: boolean; output: string }>(resolve => {
    const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    // A group of its own, so that stopping it stops npm's children too.
    const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
      env: { ...process.env, ...colour, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windows,
      detached: !windows,
    });
    const stop = () => (windows || !child.pid ? child.kill() : process.kill(-child.pid, 'SIGTERM'));
    const limit = setTimeout(() => {
      show(`error: ${script} was stopped after ${STAGE_LIMIT_MS / 60_000} minutes\n`);
      stop();
    }, STAGE_LIMIT_MS);
    running.add(stop);

    let output = '';
    const finish = (succeeded: boolean) => {
      clearTimeout(limit);
      running.delete(stop);
      resolve({ succeeded, output });
    };
    const print = (text: string): void => {
      output += text;
      show(text);
    };
    child.stdout.setEncoding('utf8').on('data', print);
    child.stderr.setEncoding('utf8').on('data', print);
    child.on('error', error => {
      show(`${error}\n`);
      finish(false);
    });
    child.on('close', code => finish(code === 0));
  });
}

/** What stops the stages that run now. */
const running = new Set<() => void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    for (const stop of running) stop();
    process.exit(130);
  });

const folder = mkdtempSync(join(tmpdir(), 'deephtm-test-'));
const lines: string[] = [];
const failures: string[] = [];
const total: Count = { passed: 0, failed: 0, skipped: 0 };

async function runRow(row: readonly Stage[], atOnce: boolean): Promise<void> {
  for (const stage of row) {
    let waiting = `\n── ${stage.script}\n`;
    const show = (text: string): void => {
      if (atOnce) process.stdout.write(text);
      else waiting += text;
    };
    if (atOnce) process.stdout.write(waiting);
    const start = performance.now();
    const { failures: failed, ...count } = await runStage(stage, folder, show);
    if (!atOnce) process.stdout.write(waiting);
    failures.push(...failed);
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    const seconds = ((performance.now() - start) / 1000).toFixed(0);
    const skipped = count.skipped > 0 ? `, ${count.skipped} skipped` : '';
    lines.push(
      `${count.failed > 0 ? 'FAILED' : 'ok    '}  ${stage.script.padEnd(14)} ` +
        `${count.passed} passed, ${count.failed} failed${skipped} (${seconds} s)`,
    );
  }
}

await Promise.all(rows.map((row, i) => runRow(row, i === 0)));
rmSync(folder, { recursive: true });
if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
