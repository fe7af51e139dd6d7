import { useMoment } from '../state/moment.ts';

/** Says of weights that they do not go back in time with the rest of the page. */
export function OfNow() {
  const past = useMoment(s => s.at !== null);
  return past ? <span className="inside-of-now">weights as they are now, not then</span> : null;
}
