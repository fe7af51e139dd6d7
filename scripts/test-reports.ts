/** What the runners' JSON reports say of a stage. */
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

export interface Count {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Outcome extends Count {
  /** Of each test that failed: its file and name, then how its message begins. */
  failures: string[];
}

/** As much of a report by Vitest as is read here. */
interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[];
  }[];
}

export function outcomeOfVitest(json: string): Outcome {
  const report: VitestReport = JSON.parse(json);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(({ name, status, message, assertionResults }) => {
      const file = relative(process.cwd(), name);
      const failed = assertionResults.filter(result => result.status === 'failed');
      // A file that does not even load has no tests.
      if (status === 'failed' && failed.length === 0) return [failure(file, firstLines(message))];
      return failed.map(test => failure(`${file} › ${test.fullName}`, firstLines(test.failureMessages[0])));
    }),
  };
}

/** A file or a group of tests, in a report by Playwright. */
interface PlaywrightSuite {
  suites?: PlaywrightSuite[];
  specs: {
    file: string;
    title: string;
    tests: { status: string; results: { error?: { message?: string } }[] }[];
  }[];
}

interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number; skipped: number };
  suites: PlaywrightSuite[];
  /** What kept the runner from its tests. */
  errors: { message?: string }[];
}

export function outcomeOfPlaywright(json: string): Outcome {
  const { stats, suites, errors }: PlaywrightReport = JSON.parse(json);
  const failuresOf = (suite: PlaywrightSuite): string[] => [
    ...(suite.suites ?? []).flatMap(failuresOf),
    ...suite.specs.flatMap(({ file, title, tests }) =>
      tests
        .filter(test => test.status === 'unexpected' || test.status === 'flaky')
        .map(test =>
          failure(
            `e2e/${file} › ${title}`,
            firstLines(test.results.find(({ error }) => error)?.error?.message),
          ),
        ),
    ),
  ];
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
    failures: [
      ...errors.map(error => failure('playwright', firstLines(error.message))),
      ...suites.flatMap(failuresOf),
    ],
  };
}

/** What a reader of the last lines alone needs, to know what to look for. */
export function failure(name: string, lines: readonly string[]): string {
  return [name, ...lines.map(line => `    ${line}`)].join('\n');
}

const firstLines = (message = ''): string[] => linesOf(message).slice(0, 6);

export const lastLines = (output: string, count: number): string[] => linesOf(output).slice(-count);

const linesOf = (text: string): string[] =>
  stripVTControlCharacters(text)
    .split('\n')
    .filter(line => line.trim() !== '');
