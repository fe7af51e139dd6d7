import { SignalStream } from '../engine/data/stream.ts';
import { initialState } from '../engine/model/initialise.ts';
import type { Entry, Subject } from './contestant.ts';
import { openNative } from './native/native.ts';
import { seed, signal } from './networks.ts';
import { requireRoom } from './room.ts';

/** Steps before the clock starts, each time: caches are to be warm. */
const warmUp = 500;

/** The C program of `native/`, on one core: what all others are measured by. Each measurement begins at step 0. */
export const nativeEntry = (subject: Subject): Entry => ({
  ...subject,
  async open() {
    const { config } = subject;
    requireRoom(config);
    const network = await openNative(config, initialState(config, seed));
    return {
      adapter: 'CPU, one core',
      hardware: false,
      driver: null,
      async run(steps) {
        const rows = new SignalStream(signal, config.inputs, seed).rows(warmUp + steps);
        const { stepsPerSecond } = await network.run({ rows, warmUp });
        return steps / stepsPerSecond;
      },
      close: () => network.close(),
    };
  },
});
