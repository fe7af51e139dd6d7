import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Result, Task } from './result.ts';

const program = fileURLToPath(new URL('./worker.ts', import.meta.url));

/** Does all tasks in `jobs` processes. @returns results in the order of the tasks */
export async function runTasks(
  tasks: readonly Task[],
  jobs: number,
  onResult: (result: Result, done: number) => void,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  let done = 0;
  const workers: ChildProcess[] = [];
  const work = (worker: ChildProcess) =>
    new Promise<void>((resolve, reject) => {
      let at = -1;
      const give = () => {
        if (next === tasks.length) return resolve();
        at = next++;
        worker.send(tasks[at]!);
      };
      worker.on('message', message => {
        results[at] = message as Result;
        onResult(results[at]!, ++done);
        give();
      });
      worker.on('exit', code => reject(new Error(`A worker of the study ended with code ${code}.`)));
      worker.on('error', reject);
      give();
    });
  try {
    await Promise.all(
      Array.from({ length: jobs }, () => {
        // JSON would turn the error of a run that diverged into null.
        const worker = fork(program, { serialization: 'advanced' });
        workers.push(worker);
        return work(worker);
      }),
    );
  } finally {
    for (const worker of workers) worker.kill();
  }
  return results;
}
