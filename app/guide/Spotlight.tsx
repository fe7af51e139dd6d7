import { useLayoutEffect, useRef } from 'react';
import { createPortal } from 'react-dom';

const margin = 6;

/** Darkens the page but for `target`, wherever that moves. The page stays in use. */
export function Spotlight({ target }: { target: HTMLElement }) {
  const light = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    let frame = 0;
    let place = '';
    const follow = () => {
      const { left, top, width, height } = target.getBoundingClientRect();
      const now = [left - margin, top - margin, width + 2 * margin, height + 2 * margin];
      if (now.join() !== place) {
        place = now.join();
        const [x, y, w, h] = now;
        const style = light.current!.style;
        style.transform = `translate(${x}px, ${y}px)`;
        style.width = `${w}px`;
        style.height = `${h}px`;
      }
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [target]);
  return createPortal(<div ref={light} className="tour-spotlight" aria-hidden />, document.body);
}
