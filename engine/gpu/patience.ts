const napMilliseconds = 0.5;

/**
 * Waits for the GPU. In Node, Dawn polls in a tight loop while a promise is pending, and takes a core from whoever works,
 * which on a software adapter is the GPU itself: so sleep a little between its polls.
 */
export const patiently: <T>(pending: Promise<T>) => Promise<T> =
  'setImmediate' in globalThis ? napping : pending => pending;

async function napping<T>(pending: Promise<T>): Promise<T> {
  const never = new Int32Array(new SharedArrayBuffer(4));
  let waiting = true;
  const nap = () => {
    if (!waiting) return;
    Atomics.wait(never, 0, 0, napMilliseconds);
    setImmediate(nap);
  };
  setImmediate(nap);
  try {
    return await pending;
  } finally {
    waiting = false;
  }
}
