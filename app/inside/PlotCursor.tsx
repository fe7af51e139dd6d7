import type { KeyboardEvent, PointerEvent } from 'react';
import { pointOf } from '../shared/zoom.ts';
import type { Point } from './plot.ts';

interface PlotCursorProps {
  /** What the cursor moves over, and how. */
  label: string;
  /** What it is on, in words; empty while it is on nothing. */
  text: string;
  /** Where it is on its main axis. */
  now: number;
  most: number;
  /** The pointer moved, or left (null). */
  onPoint: (point: Point | null) => void;
  /** @returns whether the key meant something */
  onKey: (key: string) => boolean;
  /** Focus came by keyboard. */
  onEnter: () => void;
  onPick?: (point: Point) => void;
}

/** Lies over a picture and lets pointer and arrow keys go over what it shows. */
export function PlotCursor({ label, text, now, most, onPoint, onKey, onEnter, onPick }: PlotCursorProps) {
  const at = (event: PointerEvent): Point => pointOf(event.nativeEvent);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (onKey(event.key)) event.preventDefault();
  };
  return (
    <div
      className="inside-cursor"
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={Math.max(most, 0)}
      aria-valuenow={Math.min(Math.max(now, 0), Math.max(most, 0))}
      aria-valuetext={text || 'nothing chosen'}
      onKeyDown={onKeyDown}
      onFocus={event => {
        if (event.target.matches(':focus-visible')) onEnter();
      }}
      onBlur={() => onPoint(null)}
      onPointerMove={event => onPoint(at(event))}
      onPointerLeave={() => onPoint(null)}
      onPointerDown={event => onPick?.(at(event))}
    />
  );
}
