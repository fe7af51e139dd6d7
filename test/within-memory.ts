import { getHeapStatistics } from 'node:v8';

const mostBytes = 100e6;

/** Objects and buffers, with what was let go of and not collected yet. */
const held = () => {
  const { used_heap_size, external_memory } = getHeapStatistics();
  return used_heap_size + external_memory;
};

/** What `work` comes to. @throws Error when that takes 100 MB */
export function withinMemory<T>(work: () => T): T {
  const before = held();
  const result = work();
  const grown = held() - before;
  if (grown >= mostBytes) throw new Error(`It took ${(grown / 1e6).toFixed(0)} MB.`);
  return result;
}
