/** Longer waves move slowly enough to be followed, and would not fit into what is kept of them. */
const longestPeriod = 200;

/**
 * Lets a fast wave stand still, as an oscilloscope does. When a picture moves on by a good part of a cycle, scrolling
 * is only flicker; so each picture then ends on a whole cycle, a fraction of a period before the newest step.
 */
export class PhaseHold {
  #last = 0;
  #advance = 0;
  #holding = false;

  get holding(): boolean {
    return this.#holding;
  }

  /**
   * @param end steps done
   * @returns where the picture ends, in steps done; between two steps where a period is not whole
   */
  endAt(end: number, period: number, playing: boolean): number {
    const advance = end - this.#last;
    this.#last = end;
    // A picture may be drawn again without news, as when a window is resized.
    if (advance !== 0) this.#advance += (Math.max(advance, 0) - this.#advance) / 8;
    const limit = this.#holding ? period / 10 : period / 6;
    this.#holding = playing && period <= longestPeriod && this.#advance > limit;
    return this.#holding ? Math.floor(end / period) * period : end;
  }
}
