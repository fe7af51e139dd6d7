import type { LiveSteps } from '../state/live.ts';

/**
 * Steps done when the network last began to take its own predictions for input, as far as `steps` shows it.
 * @returns null where the stretch holds no step of it, or nothing but such steps
 */
export function dreamStart(steps: LiveSteps): number | null {
  const ownInput = (step: number) => {
    const [now, before] = [steps.at(step), steps.at(step - 1)];
    return steps.input[now] === steps.prediction[before] && steps.input[now] !== steps.target[before];
  };
  let step = steps.end - 1;
  while (step > steps.first && ownInput(step)) step--;
  return step > steps.first && step < steps.end - 1 ? step + 1 : null;
}
