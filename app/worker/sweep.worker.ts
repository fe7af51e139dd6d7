import type { SweepCommand } from './sweep-protocol.ts';
import { SweepSession } from './sweep-session.ts';

const session = new SweepSession((message, transfer = []) => postMessage(message, { transfer }));

addEventListener('message', (event: MessageEvent<SweepCommand>) => void session.receive(event.data));
// Nothing that fails here may fail unseen: the page hears of errors by itself, but not of promises.
addEventListener('unhandledrejection', event => {
  throw event.reason;
});
