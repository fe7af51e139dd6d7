import { join } from 'node:path';
import { expect, it } from 'vitest';
import { failure, lastLines, outcomeOfPlaywright, outcomeOfVitest } from './test-reports.ts';

it('names what failed in Vitest, and files that do not load', () => {
  const counts = { numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, numTodoTests: 1 };
  const message = '\u001b[31mError: off by 1\u001b[39m\n\nat here';
  const testResults = [
    {
      name: join(process.cwd(), 'a.test.ts'),
      status: 'failed',
      message: '',
      assertionResults: [
        { status: 'passed', fullName: 'fine', failureMessages: [] },
        { status: 'failed', fullName: 'wrong', failureMessages: [message] },
      ],
    },
    { name: join(process.cwd(), 'b.test.ts'), status: 'failed', message: 'No module.', assertionResults: [] },
  ];
  expect(outcomeOfVitest(JSON.stringify({ ...counts, testResults }))).toEqual({
    passed: 3,
    failed: 1,
    skipped: 2,
    failures: ['a.test.ts › wrong\n    Error: off by 1\n    at here', 'b.test.ts\n    No module.'],
  });
});

it('names what failed in Playwright, in groups too, and tests that passed only at the second try', () => {
  const spec = (title: string, status: string, message?: string) => ({
    file: 'x.spec.ts',
    title,
    tests: [{ status, results: [{ error: message ? { message } : undefined }] }],
  });
  const suites = [
    { specs: [spec('fine', 'expected')], suites: [{ specs: [spec('wrong', 'unexpected', 'Timeout')] }] },
    { specs: [spec('lucky', 'flaky', 'Too late')] },
  ];
  const stats = { expected: 1, unexpected: 1, flaky: 1, skipped: 0 };
  const errors = [{ message: 'No server.' }];
  expect(outcomeOfPlaywright(JSON.stringify({ stats, suites, errors }))).toEqual({
    passed: 1,
    failed: 2,
    skipped: 0,
    failures: [
      'playwright\n    No server.',
      'e2e/x.spec.ts › wrong\n    Timeout',
      'e2e/x.spec.ts › lucky\n    Too late',
    ],
  });
});

it('ends with the last lines that are not empty', () => {
  expect(failure('a stage', lastLines('one\n\n\u001b[1mtwo\u001b[0m\nthree\n\n', 2))).toBe(
    'a stage\n    two\n    three',
  );
});
