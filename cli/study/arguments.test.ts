import { describe, expect, test } from 'vitest';
import { parseStudyArguments } from './arguments.ts';
import { driftRuns } from './drift-run.ts';

describe('study arguments', () => {
  test('default to everything on the CPU, all seeds, into docs', () => {
    expect(parseStudyArguments([])).toMatchObject({ what: 'cpu', quick: false, out: 'docs' });
    expect(parseStudyArguments(['--quick', '--out', 'x', '--jobs', '3'])).toMatchObject({
      what: 'cpu',
      quick: true,
      out: 'x',
      jobs: 3,
    });
  });

  test('choose what is measured', () => {
    expect(parseStudyArguments(['--engine', 'gpu'])).toMatchObject({ what: 'gpu' });
    expect(parseStudyArguments(['--engine', 'cpu'])).toMatchObject({ what: 'cpu' });
    expect(parseStudyArguments(['--fresh'])).toMatchObject({ what: 'fresh' });
    expect(parseStudyArguments(['--document'])).toMatchObject({ what: 'document' });
    expect(parseStudyArguments(['--drift'])).toMatchObject({
      what: 'drift',
      only: driftRuns.map(r => r.name),
    });
    expect(parseStudyArguments(['--drift', '--only', 'sine-50-frozen,sine-62.83-learning'])).toMatchObject({
      only: ['sine-50-frozen', 'sine-62.83-learning'],
    });
  });

  test.each([
    [['--jobs', '0'], '--jobs'],
    [['--jobs', 'many'], '--jobs'],
    [['--engine', 'abacus'], '--engine'],
    [['--drift', '--only', 'sine-51'], '--only'],
    [['--drift', '--engine', 'gpu'], ''],
    [['--fresh', '--drift'], ''],
    [['--slow'], ''],
  ])('refuse %j', (args, path) => {
    expect(() => parseStudyArguments(args)).toThrow(expect.objectContaining({ name: 'ConfigError', path }));
  });
});
