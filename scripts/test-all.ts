/**
 * `npm test`: every stage in turn, whatever the earlier ones gave, each with its own output. Ends with the sum over all
 * of them on a line of its own: `N passed, N failed`.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

interface Stage {
  /** The npm script. */
  script: string;
  /** How the runner writes a JSON report to `path`; a stage without one counts its own tests, or is a single check. */
  report?: (path: string) => {
    args: string[];
    env: Record<string, string>;
    count: (report: string) => Count;
  };
}

/** No stage takes half as long on two slow cores: one that does hangs. */
const STAGE_LIMIT_MS = 10 * 60_000;

const windows = process.platform === 'win32';

const stages: readonly Stage[] = [
  { script: 'lint' },
  { script: 'types' },
  { script: 'lint:wgsl' },
  { script: 'test:unit', report: vitestReport },
  { script: 'test:chromium', report: vitestReport },
  { script: 'test:python' },
  { script: 'test:bundle' },
  { script: 'test:e2e', report: playwrightReport },
];

function vitestReport(path: string) {
  return {
    args: ['--reporter=default', '--reporter=json', `--outputFile.json=${path}`],
    env: {},
    count: (report: string): Count => {
      const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(report);
      return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
    },
  };
}

function playwrightReport(path: string) {
  return {
    args: ['--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: path },
    count: (report: string): Count => {
      const { expected, unexpected, flaky, skipped } = JSON.parse(report).stats;
      return { passed: expected, failed: unexpected + flaky, skipped };
    },
  };
}

/** The last `N passed, N failed` that a stage printed alone on a line; without one, the stage is a single check. */
function printedCount(output: string, succeeded: boolean): Count {
  const last = [...output.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
  if (last) return { passed: Number(last[1]), failed: Number(last[2]), skipped: 0 };
  return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
}

async function runStage(stage: Stage, folder: string): Promise<Count> {
  const path = join(folder, `${stage.script.replaceAll(':', '-')}.json`);
  const report = stage.report?.(path);
  const { succeeded, output } = await runScript(stage.script, report?.args ?? [], report?.env ?? {});
  const count = report ? readReport(path, report.count) : printedCount(output, succeeded);
  // A file that does not even load fails the run without failing a test.
  return succeeded ? count : { ...count, failed: Math.max(count.failed, 1) };
}

function readReport(path: string, count: (report: string) => Count): Count {
  // A runner that dies before its tests leaves none.
  return existsSync(path) ? count(readFileSync(path, 'utf8')) : { passed: 0, failed: 1, skipped: 0 };
}

function runScript(script: string, args: string[], env: Record<string, string>) {
  return new Promise<{ succeeded: boolean; output: string }>(resolve => {
    const colour = process.stdout.isTTY ? { FORCE_COLOR: '1' } : {};
    // A group of its own, so that stopping it stops npm's children too.
    const child = spawn('npm', ['run', '--silent', script, '--', ...args], {
      env: { ...process.env, ...colour, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
      shell: windows,
      detached: !windows,
    });
    const stop = () => (windows || !child.pid ? child.kill() : process.kill(-child.pid, 'SIGTERM'));
    const interrupt = () => {
      stop();
      process.exit(130);
    };
    const limit = setTimeout(() => {
      console.error(`error: ${script} was stopped after ${STAGE_LIMIT_MS / 60_000} minutes`);
      stop();
    }, STAGE_LIMIT_MS);
    process.once('SIGINT', interrupt);
    process.once('SIGTERM', interrupt);

    let output = '';
    const finish = (succeeded: boolean) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      resolve({ succeeded, output });
    };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      process.stdout.write(text);
    });
    child.on('error', error => {
      console.error(String(error));
      finish(false);
    });
    child.on('close', code => finish(code === 0));
  });
}

const folder = mkdtempSync(join(tmpdir(), 'deephtm-test-'));
const lines: string[] = [];
const total: Count = { passed: 0, failed: 0, skipped: 0 };
for (const stage of stages) {
  console.log(`\n── ${stage.script}`);
  const start = performance.now();
  const count = await runStage(stage, folder);
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
rmSync(folder, { recursive: true });
console.log(`\n${lines.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;
