import { runDriftTask } from './drift-task.ts';
import type { Order } from './pool.ts';
import { runTask } from './run-task.ts';

/** A process that does the tasks it is sent, one at a time, until it is ended. */
const stop = new AbortController();
let saves = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    stop.abort();
    // A long run ends by itself then, with all saved.
    if (!saves) process.exit(1);
  });
process.on('disconnect', () => process.exit(1));

process.on('message', (order: Order) => {
  saves = order.kind === 'long';
  const result = order.kind === 'long' ? runDriftTask(order.task, stop.signal) : runTask(order.task);
  result.then(
    value => {
      saves = false;
      process.send!(value);
    },
    error => {
      console.error(error);
      process.exit(1);
    },
  );
});
