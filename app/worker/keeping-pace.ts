/** A run that is kept this often loses no more when its tab is killed. */
export const keepMilliseconds = 2000;

/** Of the time that keeping takes from beginning to end, training waits for less than a half: so for at most 2% of all. */
const leastTimesOfKeeping = 20;
/** The machine may have slept in the midst of it. */
const longestForTime = 15_000;
/** More would wear a disk in runs of days. */
const bytesPerMillisecond = 1500;
/** A run may lose such a part of what it has trained. */
const lossOfRun = 1 / 200;

/**
 * When to keep a run again, in milliseconds from now: every two seconds; less often where that takes long, and, once
 * the run is so old that it matters little, where it is so large that a disk would wear.
 * @param took milliseconds to take its state and to write it
 * @param age milliseconds since the run began here
 */
export const pauseAfterKeeping = (bytes: number, took: number, age: number): number =>
  Math.max(
    keepMilliseconds,
    Math.min(leastTimesOfKeeping * took, longestForTime),
    Math.min(bytes / bytesPerMillisecond, lossOfRun * age),
  );
