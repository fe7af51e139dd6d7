import { Keeping } from './keeping.ts';
import type { Post } from './progress.ts';
import type { Command } from './protocol.ts';
import { Session } from './session.ts';
import type { SweepCommand } from './sweep-protocol.ts';

// A run or, under the name of `sweep`, many networks: one file for both, because they share the engine's code.

function serveRun(): (command: Command) => void {
  // Nothing that fails here may fail unseen: whatever it is, the page tells of it.
  const report = (error: unknown): void => {
    const { name, message } = error instanceof Error ? error : new Error(String(error));
    postMessage({ kind: 'refused', what: 'run', name, message });
  };
  addEventListener('unhandledrejection', event => report(event.reason));
  addEventListener('error', event => report(event.error ?? event.message));
  const post: Post = (message, transfer = []) => postMessage(message, { transfer });
  // A page that is embedded in another keeps no runs.
  const keeping = self.name === 'embedded' ? null : new Keeping(post);
  const session = new Session(post, undefined, keeping);
  return command => void session.receive(command);
}

function serveSweep(): (command: SweepCommand) => void {
  // The page hears of errors by itself, but not of promises.
  addEventListener('unhandledrejection', event => {
    throw event.reason;
  });
  const opening = import('./sweep-session.ts').then(
    ({ SweepSession }) => new SweepSession((message, transfer = []) => postMessage(message, { transfer })),
  );
  return command => void opening.then(session => session.receive(command));
}

const receive = self.name === 'sweep' ? serveSweep() : serveRun();
addEventListener('message', (event: MessageEvent<Command & SweepCommand>) => receive(event.data));
