import { gradientTensors, learnedTensors } from '../../engine/model/tensors.ts';
import type { StepRecords } from '../../engine/network.ts';
import type { LiveRun } from './live-run.ts';
import type { Change, CloseUp } from './protocol.ts';

/** Runs one step, and takes down all that happens in it: the activity, the error on its way back, and what it changes. */
export async function takeCloseUp(run: LiveRun, pinned: number | null): Promise<CloseUp> {
  const { trainer } = run;
  const { network } = trainer.settings;
  const { learning, freeRun } = trainer.mode;
  const learned = learnedTensors(network);
  const names = learned.map(t => t.name);
  const learns = learning && !freeRun;
  const before = learns ? (await trainer.read(names)).tensors : null;
  let records: StepRecords | null = null;
  const stop = trainer.subscribe(step => {
    records = step;
  });
  try {
    await run.train(1, null, new AbortController().signal);
  } finally {
    stop();
  }
  const { target, loss, bursting } = records as unknown as StepRecords;
  const frame = await run.observation.frame(pinned, false);
  const step = { frame, target, loss: loss[0]!, bursting: bursting[0]! };
  if (!before) return { ...step, errors: null, changes: null };

  const biases = gradientTensors(network).filter(t => t.name.endsWith('.bias'));
  const [gradients, after] = await Promise.all([trainer.read(biases.map(t => t.name)), trainer.read(names)]);
  return {
    ...step,
    errors: new Map(
      Array.from(gradients.tensors, ([name, values]) => [
        name.slice('gradient.'.length, -'.bias'.length),
        values,
      ]),
    ),
    changes: learned.map(({ name, shape }) =>
      changeOf(name, shape[0]!, before.get(name)!, after.tensors.get(name)!),
    ),
  };
}

/** What a step changed in a tensor of [units, …]. */
function changeOf(name: string, units: number, before: Float32Array, after: Float32Array): Change {
  const width = before.length / units;
  const byUnit = new Float32Array(units);
  let changed = 0;
  let largest = 0;
  for (let unit = 0, i = 0; unit < units; unit++) {
    let squares = 0;
    for (let end = i + width; i < end; i++) {
      const by = after[i]! - before[i]!;
      if (by === 0) continue;
      changed++;
      squares += by * by;
      if (Math.abs(by) > Math.abs(largest)) largest = by;
    }
    byUnit[unit] = Math.sqrt(squares);
  }
  return { name, count: before.length, changed, largest, byUnit };
}
