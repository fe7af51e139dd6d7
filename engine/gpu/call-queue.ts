/** How long after a failed map the news of the lost device may take. */
const lossMilliseconds = 1000;

/** Lets calls take effect one after the other, until the network that they are made to comes to an end. */
export class CallQueue {
  /** When the last call has taken effect. */
  #issued: Promise<unknown> = Promise.resolve();
  #endedBy: Error | undefined;
  /** How to fail what is under way. */
  readonly #underWay = new Set<(error: Error) => void>();

  /** From now on every call fails with `error`, those that wait included. Only the first end counts. */
  end(error: Error): void {
    this.#endedBy ??= error;
    for (const reject of this.#underWay) reject(this.#endedBy);
  }

  /** @throws what the network was ended by */
  check(): void {
    if (this.#endedBy) throw this.#endedBy;
  }

  /** Does something when all earlier calls have taken effect. */
  issue<T>(effect: () => T | Promise<T>): Promise<T> {
    const issued = this.#issued.then(() => {
      this.check();
      return effect();
    });
    this.#issued = issued.catch(() => {});
    return this.unlessEnded(issued);
  }

  /** What fails because the network ended, fails with the reason of that. */
  unlessEnded<T>(work: Promise<T>): Promise<T> {
    // Not Promise.race: one that loses against a promise that never settles stays in memory.
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        this.#underWay.delete(fail);
        reject(this.#endedBy ?? error);
      };
      this.#underWay.add(fail);
      // Listened to in any case: a failure that nobody hears of would end the program.
      work.then(
        value => {
          this.#underWay.delete(fail);
          resolve(value);
        },
        // A device that goes away aborts its maps a moment before it says that it is lost; `end` then comes first.
        error => (error instanceof DOMException ? setTimeout(fail, lossMilliseconds, error) : fail(error)),
      );
      if (this.#endedBy) fail(this.#endedBy);
    });
  }
}
