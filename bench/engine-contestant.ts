import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { DriverRequest } from '../engine/engine-choice.ts';
import type { Contestant, Entry, Subject } from './contestant.ts';
import type { Answer, HostedEngine, Order } from './engine-order.ts';
import type { Figure } from './figure.ts';

const program = fileURLToPath(new URL('./engine-host.ts', import.meta.url));

/** An engine of the playground, in a Node process of its own. */
export const engineEntry = (
  subject: Subject,
  engine: HostedEngine,
  driver: DriverRequest = 'auto',
): Entry => ({
  ...subject,
  async open(): Promise<Contestant> {
    const { config, networks } = subject;
    const child = fork(program, { serialization: 'advanced' });
    try {
      const opened = await ask(child, { kind: 'open', engine, driver, config, networks });
      if (opened.kind !== 'opened')
        throw new Error(`The engine answered "${opened.kind}" instead of opening.`);
      const { bytesPerStep, copyBytesPerSecond } = opened;
      return {
        adapter: opened.adapter,
        hardware: opened.hardware,
        driver: opened.driver,
        ...(bytesPerStep && copyBytesPerSecond ? { traffic: { bytesPerStep, copyBytesPerSecond } } : {}),
        async run(steps) {
          const ran = await ask(child, { kind: 'run', steps });
          if (ran.kind !== 'ran') throw new Error(`The engine answered "${ran.kind}" instead of running.`);
          return ran.seconds;
        },
        close: () => end(child),
      };
    } catch (error) {
      await end(child);
      throw error;
    }
  },
});

/** How long the GPU takes to answer. @throws Error where there is none */
export async function latencyFigures(): Promise<Figure[]> {
  const child = fork(program, { serialization: 'advanced' });
  try {
    const answer = await ask(child, { kind: 'latency' });
    if (answer.kind !== 'latency')
      throw new Error(`The engine answered "${answer.kind}" instead of its latency.`);
    const { adapter, hardware, dispatch, readBack, step } = answer;
    const figure = (id: string, name: string, value: number): Figure => ({
      id: `gpu/${id}`,
      name: `${name}, Node/Dawn on ${adapter}`,
      value,
      unit: 'ms',
      relative: { value: value / step, to: 'steps of the plain network, many in a dispatch' },
      hardware,
    });
    return [
      figure('dispatch', 'Empty dispatch, until it is done', dispatch),
      figure('read-back', 'The same and 4 bytes read back', readBack),
    ];
  } finally {
    await end(child);
  }
}

/** @throws Error when the engine fails, or its process ends */
function ask(child: ChildProcess, order: Order): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`The process of the engine ended with code ${code}.`));
    child.once('exit', ended);
    child.once('message', message => {
      child.off('exit', ended);
      const answer = message as Answer;
      if (answer.kind === 'failed') reject(new Error(answer.message));
      else resolve(answer);
    });
    child.send(order);
  });
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise(resolve => child.once('exit', resolve));
  // Dawn does not end by itself.
  child.kill('SIGKILL');
  await gone;
}
