import { Keeping } from './keeping.ts';
import type { Post } from './progress.ts';
import type { Command } from './protocol.ts';
import { Session } from './session.ts';

// Nothing that fails here may fail unseen: whatever it is, the page tells of it.
function report(error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  postMessage({ kind: 'refused', what: 'run', name, message });
}

const post: Post = (message, transfer = []) => postMessage(message, { transfer });
// A page that is embedded in another keeps no runs.
const keeping = self.name === 'embedded' ? null : new Keeping(post);
const session = new Session(post, undefined, keeping);

addEventListener('message', (event: MessageEvent<Command>) => void session.receive(event.data));
addEventListener('unhandledrejection', event => report(event.reason));
addEventListener('error', event => report(event.error ?? event.message));
