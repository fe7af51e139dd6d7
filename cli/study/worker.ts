import type { Task } from './result.ts';
import { runTask } from './run-task.ts';

/** A process that does the tasks it is sent, one at a time, until it is disconnected. */
process.on('message', (task: Task) => {
  runTask(task).then(
    result => process.send!(result),
    error => {
      console.error(error);
      process.exit(1);
    },
  );
});
