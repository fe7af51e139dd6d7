import { runDriftTask } from './drift-task.ts';
import type { Order } from './pool.ts';
import { runTask } from './run-task.ts';

/** A process that does the tasks it is sent, one at a time, until it is ended; an interrupt is for a long run to save. */
const stop = new AbortController();
process.on('SIGINT', () => stop.abort());

process.on('message', (order: Order) => {
  const result = order.kind === 'long' ? runDriftTask(order.task, stop.signal) : runTask(order.task);
  result.then(
    value => process.send!(value),
    error => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(1));
