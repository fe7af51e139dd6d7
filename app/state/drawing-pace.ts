/**
 * What comes faster than it can be followed is drawn in at most this share of the main thread's time, and at least eight
 * times a second: without a GPU pictures take a core that the training needs.
 */
const share = 1 / 10;
const longestWait = 125;

/** Tells from how long drawing takes how often to draw. */
export class DrawingPace {
  #began = Number.NEGATIVE_INFINITY;
  /** Of late, in milliseconds. */
  #takes = 0;
  #painted: MessageChannel | undefined;

  /** Milliseconds from one drawing to the next. */
  get interval(): number {
    return Math.min(this.#takes / share, longestWait);
  }

  /** Whether it is time to draw again. */
  due(now: number): boolean {
    return now - this.#began >= this.interval;
  }

  /** An animation frame begins to draw; it is timed to when it has been painted. */
  begin(now = performance.now()): void {
    this.#began = now;
    this.#painted ??= this.#listen();
    this.#painted.port2.postMessage(null);
  }

  /** Drawing took so many milliseconds. */
  took(milliseconds: number): void {
    this.#takes += (milliseconds - this.#takes) / 4;
  }

  /** A message is heard after the frame from which it was sent. */
  #listen(): MessageChannel {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => this.took(performance.now() - this.#began);
    return channel;
  }
}
