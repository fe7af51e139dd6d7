import type { CDPSession } from 'playwright';
import { type HeapParts, heapParts } from './heap-parts.ts';

interface HeapUsage {
  usedSize: number;
  backingStorageSize: number;
}

/** A debugger, of a page or of a worker. */
export interface Debugger {
  ask(method: string): Promise<unknown>;
  /** Hears the pieces that a heap snapshot comes in. */
  onChunk: (chunk: string) => void;
}

/** That of a worker is asked through the page's. */
export async function attachTo(devtools: CDPSession, ends: string): Promise<Debugger> {
  const waiting = new Map<number, (result: unknown) => void>();
  const session = await new Promise<string>(resolve => {
    devtools.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.url.includes(ends)) resolve(sessionId);
    });
    void devtools.send('Target.setAutoAttach', {
      autoAttach: true,
      waitForDebuggerOnStart: false,
      flatten: false,
    });
  });
  devtools.on('Target.receivedMessageFromTarget', ({ message }) => {
    const { id, result, method, params } = JSON.parse(message) as {
      id?: number;
      result: unknown;
      method?: string;
      params: { chunk: string };
    };
    if (method === 'HeapProfiler.addHeapSnapshotChunk') attached.onChunk(params.chunk);
    if (id === undefined) return;
    waiting.get(id)?.(result);
    waiting.delete(id);
  });
  let last = 0;
  const attached: Debugger = {
    ask: method =>
      new Promise(resolve => {
        const id = ++last;
        waiting.set(id, resolve);
        const message = JSON.stringify({ id, method });
        void devtools.send('Target.sendMessageToTarget', { sessionId: session, message });
      }),
    onChunk: () => {},
  };
  return attached;
}

/** That of the page itself. */
export function debuggerOf(devtools: CDPSession): Debugger {
  const page: Debugger = {
    ask: method => devtools.send(method as 'Performance.getMetrics'),
    onChunk: () => {},
  };
  devtools.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => page.onChunk(chunk));
  return page;
}

/** What is in use includes what was let go of since garbage was collected; its parts are of what is alive. */
export async function heapOf(on: Debugger): Promise<HeapUsage & HeapParts> {
  await on.ask('HeapProfiler.collectGarbage');
  const usage = (await on.ask('Runtime.getHeapUsage')) as HeapUsage;
  const chunks: string[] = [];
  on.onChunk = chunk => chunks.push(chunk);
  await on.ask('HeapProfiler.takeHeapSnapshot');
  on.onChunk = () => {};
  return { ...usage, ...heapParts(chunks.join('')) };
}
