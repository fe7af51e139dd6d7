import type { PointerEvent } from 'react';

/**
 * A finger on a slider's track may only want to scroll the page: then the slider hears no more of it, and this is true.
 * The thumb is what a finger drags.
 */
export function leftToScrolling(event: PointerEvent): boolean {
  const touched = event.target as Element;
  if (event.pointerType !== 'touch' || touched.closest('[role="slider"]')) return false;
  event.preventDefault();
  // Browsers give a touched element all of the touch, and the slider would take that for a drag.
  touched.releasePointerCapture(event.pointerId);
  return true;
}
