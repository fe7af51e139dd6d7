import type { SweepCommand } from './sweep-protocol.ts';
import { SweepSession } from './sweep-session.ts';

// Nothing that fails here may fail unseen: whatever it is, the page tells of it.
function report(error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  postMessage({ kind: 'failed', name, message });
}

const session = new SweepSession((message, transfer = []) => postMessage(message, { transfer }));

addEventListener('message', (event: MessageEvent<SweepCommand>) => void session.receive(event.data));
addEventListener('unhandledrejection', event => report(event.reason));
addEventListener('error', event => report(event.error ?? event.message));
