import type { Command, Report } from '../worker/protocol.ts';
import { embedded } from './embedded.ts';

const worker = new Worker(new URL('../worker/training.worker.ts', import.meta.url), {
  type: 'module',
  // Read by the worker, which cannot see the page's address.
  name: embedded ? 'embedded' : 'training',
});

/** Sends a command to the worker that trains. */
export function send(command: Command): void {
  worker.postMessage(command);
}

/** Hears all that the worker says; `failed` when it cannot be started or a message cannot be read. */
export function listen(heard: (report: Report) => void, failed: (message: string) => void): void {
  worker.addEventListener('message', (event: MessageEvent<Report>) => heard(event.data));
  worker.addEventListener('error', event => failed(event.message));
  worker.addEventListener('messageerror', () => failed('A message of the worker could not be read.'));
}
