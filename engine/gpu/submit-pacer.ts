/** Long submits block others that use the GPU, and systems take the GPU away from those that run for seconds. */
const mostMilliseconds = 60;
const mostSteps = 1024;

/** How many steps to put into one submit, by how fast the last ones were. What is computed does not depend on it. */
export class SubmitPacer {
  #steps = 16;
  #lastEnd = 0;

  get steps(): number {
    return this.#steps;
  }

  /** Learns from a batch of `steps` that is submitted now. */
  watch(steps: number, done: Promise<unknown>): void {
    const begun = performance.now();
    done.then(
      () => {
        const now = performance.now();
        // The GPU takes batches one after the other.
        const milliseconds = now - Math.max(begun, this.#lastEnd);
        this.#lastEnd = now;
        if (milliseconds > mostMilliseconds) this.#steps = Math.max(1, this.#steps >> 1);
        else if (steps === this.#steps && milliseconds < mostMilliseconds / 4)
          this.#steps = Math.min(mostSteps, this.#steps * 2);
      },
      () => {},
    );
  }
}
