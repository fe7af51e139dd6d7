import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DriftTask } from './drift-task.ts';
import type { Result, Task } from './result.ts';

/** What a worker can be sent, and what it answers. */
export interface Work {
  short: { task: Task; result: Result };
  long: { task: DriftTask; result: number };
}

export type Order = { [K in keyof Work]: { kind: K; task: Work[K]['task'] } }[keyof Work];

const program = fileURLToPath(new URL('./worker.ts', import.meta.url));

/**
 * Does all tasks in `jobs` processes.
 * @param stop ends long tasks early and begins no other
 * @returns results in the order of the tasks; where it was stopped, of those that were begun
 */
export async function runTasks<K extends keyof Work>(
  kind: K,
  tasks: readonly Work[K]['task'][],
  jobs: number,
  onResult: (result: Work[K]['result'], done: number) => void,
  stop?: AbortSignal,
): Promise<Work[K]['result'][]> {
  const results: Work[K]['result'][] = [];
  let next = 0;
  let done = 0;
  const workers: ChildProcess[] = [];
  const work = (worker: ChildProcess) =>
    new Promise<void>((resolve, reject) => {
      let at = -1;
      const give = () => {
        if (next === tasks.length || stop?.aborted) return resolve();
        at = next++;
        worker.send({ kind, task: tasks[at]! } as Order);
      };
      worker.on('message', message => {
        results[at] = message as Work[K]['result'];
        onResult(results[at]!, ++done);
        give();
      });
      worker.on('exit', code => reject(new Error(`A worker of the study ended with code ${code}.`)));
      worker.on('error', reject);
      give();
    });
  const interrupt = () => {
    for (const worker of workers) worker.kill('SIGINT');
  };
  stop?.addEventListener('abort', interrupt);
  try {
    await Promise.all(
      Array.from({ length: Math.min(jobs, tasks.length) }, () => {
        // JSON would turn the error of a run that diverged into null.
        const worker = fork(program, { serialization: 'advanced' });
        workers.push(worker);
        return work(worker);
      }),
    );
  } finally {
    stop?.removeEventListener('abort', interrupt);
    for (const worker of workers) worker.kill();
  }
  return results;
}
