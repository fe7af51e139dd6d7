import { formatCount } from '../charts/figures.ts';
import { useMoment } from '../state/moment.ts';

/**
 * Says of weights that are not those of the moment that is looked back at: they are being read, or were not kept.
 * @param step of the weights that are shown
 */
export function OfNow({ step }: { step: number | undefined }) {
  const at = useMoment(s => s.at);
  if (at === null || step === undefined || step === at) return null;
  return <span className="inside-of-now">weights of step {formatCount(step)}</span>;
}
