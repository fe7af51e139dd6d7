import type { NumberParameter } from '../../engine/model/parameters.ts';

/** What a slider runs over: positions from `least` to `most` in steps, and what each of them means. */
export interface SliderScale {
  readonly least: number;
  readonly most: number;
  readonly step: number;
  /** Where a value stands; values beyond the slider's ends stand at the ends. */
  readonly positionOf: (value: number) => number;
  readonly valueAt: (position: number) => number;
}

/** A decade in ten nearly equal ratios, in numbers that people write. */
const decade = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** Round numbers from `least` to `most`, both included. */
function ladder(least: number, most: number): number[] {
  const rungs = [least];
  for (let power = Math.floor(Math.log10(least)); power <= Math.log10(most); power++)
    for (const digits of decade) {
      const value = Number(`${digits}e${power}`);
      if (value > least && value < most) rungs.push(value);
    }
  rungs.push(most);
  return rungs;
}

const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));

/** The positions of a log slider are the rungs of a ladder; 0, where the range has it, is a rung of its own. */
function logScale({ least, most, step }: NumberParameter): SliderScale {
  const rungs = least > 0 ? ladder(least, most) : [0, ...ladder(step, most)];
  const last = rungs.length - 1;
  return {
    least: 0,
    most: last,
    step: 1,
    valueAt: position => rungs[clamp(Math.round(position), 0, last)]!,
    positionOf(value) {
      const above = rungs.findIndex(rung => rung >= value);
      if (above < 0) return last;
      if (above === 0) return 0;
      const [low, high] = [rungs[above - 1]!, rungs[above]!];
      const share = low > 0 ? Math.log(value / low) / Math.log(high / low) : value / high;
      return above - 1 + share;
    },
  };
}

export function sliderScale(parameter: NumberParameter): SliderScale {
  if (parameter.scale === 'log') return logScale(parameter);
  const { least, most, step } = parameter;
  return {
    least,
    most,
    step,
    positionOf: value => clamp(value, least, most),
    valueAt: position => position,
  };
}
