import { create } from 'zustand';

/**
 * How often the page is drawn while it trains: as often as it can, so many times a second, or after so many steps. A slow
 * machine has more time for training then, and who lectures something to point at.
 */
export type DrawRate = 'every frame' | { readonly perSecond: number } | { readonly everySteps: number };

export const useDrawRate = create<{ rate: DrawRate }>()(() => ({ rate: 'every frame' }));

export const setDrawRate = (rate: DrawRate): void => useDrawRate.setState({ rate });

/** Tells when to draw. */
export class DrawTimer {
  #time = Number.NEGATIVE_INFINITY;
  #step = 0;

  /** Whether a page last drawn when this said so is to be drawn again, at `step` and `now` in milliseconds. */
  due(rate: DrawRate, step: number, now: number): boolean {
    if (step >= this.#step && !this.#over(rate, step, now)) return false;
    this.#time = now;
    this.#step = step;
    return true;
  }

  #over(rate: DrawRate, step: number, now: number): boolean {
    if (rate === 'every frame') return true;
    if ('perSecond' in rate) return now - this.#time >= 1000 / rate.perSecond;
    return Math.floor(step / rate.everySteps) > Math.floor(this.#step / rate.everySteps);
  }
}
