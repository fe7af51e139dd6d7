import { describe, expect, test } from 'vitest';
import { parseStudyArguments } from './arguments.ts';

describe('study arguments', () => {
  test('default to all seeds, into docs', () => {
    expect(parseStudyArguments([])).toMatchObject({ quick: false, out: 'docs' });
    expect(parseStudyArguments(['--quick', '--out', 'x', '--jobs', '3'])).toEqual({
      quick: true,
      out: 'x',
      jobs: 3,
    });
  });

  test.each([
    [['--jobs', '0'], '--jobs'],
    [['--jobs', 'many'], '--jobs'],
    [['--slow'], ''],
  ])('refuse %j', (args, path) => {
    expect(() => parseStudyArguments(args)).toThrow(expect.objectContaining({ name: 'ConfigError', path }));
  });
});
