import type { Summary } from '../engine/measure/run-measure.ts';

/** What was measured of a run of 300 steps. */
export const smallSummary: Summary = {
  step: 300,
  steps: 300,
  rmse: 0.1,
  persistence: 0.2,
  ratio: 0.5,
  columnsInUse: 9,
  entropy: 0.9,
  burstRate: 0,
  accuracy: null,
};
