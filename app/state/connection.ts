import type { Command } from '../worker/protocol.ts';

const worker = new Worker(new URL('../worker/training.worker.ts', import.meta.url), { type: 'module' });

/** Sends a command to the worker that trains. */
export function send(command: Command): void {
  worker.postMessage(command, command.kind === 'restore' ? [command.bytes.buffer] : []);
}
