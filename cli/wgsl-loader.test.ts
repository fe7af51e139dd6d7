import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import shader from '../test/double.wgsl?raw';

test('Node imports a shader as the same text as Vite', () => {
  const program = `
    import shader from './test/double.wgsl?raw';
    import { NoAdapterError } from './engine/errors.ts';
    console.log(JSON.stringify([shader, new NoAdapterError('none').name]));`;
  const output = execFileSync(
    process.execPath,
    ['--import', 'tsx', '--import', './cli/register-wgsl.mjs', '--input-type=module', '--eval', program],
    { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' },
  );
  expect(JSON.parse(output)).toEqual([shader, 'NoAdapterError']);
  expect(shader).toContain('@compute');
});
