/**
 * Runs the Python loader's tests with a Python (3.9 or later) that has NumPy: $PYTHON, one on the path, or one of its
 * own in .cache/python, which it makes the first time.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const environment = join(root, '.cache', 'python');
const own = join(
  environment,
  ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']),
);
const candidates = [process.env.PYTHON, 'python3', 'python', '/usr/bin/python3', own].filter(Boolean);

const succeeds = (command, args, stdio = 'ignore') => spawnSync(command, args, { stdio }).status === 0;
const recent = 'import sys; assert sys.version_info >= (3, 9)';
const hasNumpy = python => succeeds(python, ['-c', `${recent}; import numpy`]);

function makeEnvironment() {
  const base = candidates.find(python => succeeds(python, ['-c', recent]));
  if (!base) return undefined;
  console.log('No Python with NumPy was found; installing NumPy in .cache/python.');
  const made =
    succeeds(base, ['-m', 'venv', environment], 'inherit') &&
    succeeds(own, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', 'numpy'], 'inherit');
  return made && hasNumpy(own) ? own : undefined;
}

const python = candidates.find(hasNumpy) ?? makeEnvironment();
if (!python) {
  console.error(
    'The Python tests need Python 3.9 or later with NumPy, and could not install it by themselves. Install both ' +
      '(Debian and Ubuntu: apt install python3-numpy; elsewhere: pip install numpy), or set PYTHON to a Python that has it.',
  );
  process.exit(1);
}
const { status, stderr } = spawnSync(python, ['-m', 'unittest', 'discover', '-s', 'python/tests'], {
  cwd: root,
  stdio: ['inherit', 'inherit', 'pipe'],
  encoding: 'utf8',
});
console.error(stderr);
const count = pattern => Number(stderr.match(pattern)?.[1] ?? 0);
const failed = count(/failures=(\d+)/) + count(/errors=(\d+)/);
const passed = count(/Ran (\d+) test/) - failed - count(/skipped=(\d+)/);
// The tests of the PyTorch module run where PyTorch is installed.
console.log(`${passed} passed, ${failed} failed`);
process.exit(status ?? 1);
