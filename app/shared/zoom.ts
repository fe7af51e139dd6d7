import { useSyncExternalStore } from 'react';

/**
 * CSS pixels of one unit that pictures are painted in: 1 with letters of 16 px, as most pages have them, and more where
 * the page's letters are larger, as on very wide screens.
 */
export const zoom = (): number => Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;

/** Where a pointer is on the element that has its event, in units of pictures. */
export function pointOf({ offsetX, offsetY }: MouseEvent): { x: number; y: number } {
  const unit = zoom();
  return { x: offsetX / unit, y: offsetY / unit };
}

/** Of a canvas, in the units that it is painted in. @param unit in CSS pixels */
export const sizeOf = (
  { clientWidth, clientHeight }: Element,
  unit = zoom(),
): { width: number; height: number } => ({ width: clientWidth / unit, height: clientHeight / unit });

let letter: HTMLElement | null = null;

/** As wide as the page's letters are high: it changes its size with them. Nothing else tells of that. */
export function letterProbe(): Element {
  if (!letter) {
    letter = document.createElement('i');
    letter.ariaHidden = 'true';
    letter.style.cssText = 'position:absolute;top:0;width:1rem;visibility:hidden';
    document.body.append(letter);
  }
  return letter;
}

/** `zoom()`, now and from now on. */
export const useZoom = (): number => useSyncExternalStore(onZoom, zoom);

function onZoom(changed: () => void): () => void {
  const resizing = new ResizeObserver(changed);
  resizing.observe(letterProbe());
  return () => resizing.disconnect();
}
