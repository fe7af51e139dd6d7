import { Footprints, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { openGuide, useGuide, useSeen } from './guide-state.ts';

/** Offers the tour to who is here for the first time: once, and in one line. */
export function TourOffer() {
  const [shown, setShown] = useState(() => !useSeen.getState().offered);
  const touring = useGuide(s => s.part === 'tour');
  useEffect(() => {
    useSeen.setState({ offered: true });
  }, []);
  if (!shown || touring) return null;
  return (
    <div className="tour-offer">
      <button
        type="button"
        className="tour-offer-start"
        onClick={() => {
          setShown(false);
          openGuide('tour');
        }}
      >
        <Footprints size="0.875rem" aria-hidden />
        <span>
          New here?<span className="tour-offer-what"> Six steps show you around</span>
        </span>
      </button>
      <button type="button" className="tour-offer-close" aria-label="No tour" onClick={() => setShown(false)}>
        <X size="0.875rem" aria-hidden />
      </button>
    </div>
  );
}
