import { useEffect } from 'react';
import { pause, play, useRun } from '../state/run.ts';

/** A frame that has been scrolled away, or stands in a hidden tab, does not train; back in sight, it goes on. */
export function useRestOutOfSight(): void {
  useEffect(() => {
    let resting = false;
    let inSight = true;
    const look = () => {
      const seen = inSight && document.visibilityState === 'visible';
      if (!seen && useRun.getState().status === 'playing') {
        resting = true;
        pause();
      } else if (seen && resting) {
        resting = false;
        play();
      }
    };
    const seeing = new IntersectionObserver(entries => {
      inSight = entries.at(-1)!.isIntersecting;
      look();
    });
    seeing.observe(document.documentElement);
    document.addEventListener('visibilitychange', look);
    return () => {
      seeing.disconnect();
      document.removeEventListener('visibilitychange', look);
    };
  }, []);
}
