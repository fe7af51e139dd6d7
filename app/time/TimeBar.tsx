import { lazy, Suspense } from 'react';
import { useMoment } from '../state/moment.ts';
import { useSlowMotion } from '../state/slow-motion.ts';
import { DrawChoice } from './DrawChoice.tsx';
import { MomentSlider } from './MomentSlider.tsx';
import './time-bar.css';

const SlowMotionBar = lazy(() => import('./SlowMotionBar.tsx').then(m => ({ default: m.SlowMotionBar })));

/** Which moment the page shows: now, a step of the past, or a step in slow motion. */
export function TimeBar() {
  const slow = useSlowMotion(s => s.on);
  const past = useMoment(s => s.at !== null);
  return (
    <div className="time-bar" data-past={past} data-slow={slow}>
      {slow && !past ? (
        <Suspense fallback={null}>
          <SlowMotionBar />
        </Suspense>
      ) : (
        <>
          <MomentSlider />
          {past ? null : <DrawChoice />}
        </>
      )}
    </div>
  );
}
