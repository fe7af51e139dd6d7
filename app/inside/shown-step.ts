import { useRenewal } from '../network/use-renewal.ts';
import { live } from '../state/live.ts';

/** Pictures that change a few times a second can be looked at; more often, they could only flicker. */
const renewalMilliseconds = 300;
const calmMilliseconds = 1500;

/** Renders the component anew a few times a second while the run moves on. @returns steps done at the moment that is shown */
export function useShownStep(): number {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  useRenewal(calm ? calmMilliseconds : renewalMilliseconds);
  return live.steps.end;
}
