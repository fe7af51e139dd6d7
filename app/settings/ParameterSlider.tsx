import { Slider } from 'radix-ui';
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { NumberParameter } from '../../engine/model/parameters.ts';
import { leftToScrolling } from '../shared/touched-track.ts';
import { typedNumber } from '../shared/typed-number.ts';
import { sliderScale } from './slider-scale.ts';
import './parameter-slider.css';

interface ParameterSliderProps {
  parameter: NumberParameter;
  value: number;
  /** The preset's value, shown as a tick on the track. */
  home: number;
  /** While the thumb moves, at most once a frame. */
  onSlide: (value: number) => void;
  /** When it is let go, or moved by a key. */
  onRelease: (value: number) => void;
}

const thumbWidth = 14;

export function ParameterSlider({ parameter, value, home, onSlide, onRelease }: ParameterSliderProps) {
  const scale = useMemo(() => sliderScale(parameter), [parameter]);
  const dragging = useRef(false);
  /** Where a drag has come to; null until the thumb has moved. */
  const reached = useRef<number | null>(null);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const change = (next: number) => {
    if (!dragging.current) return onRelease(next);
    reached.current = next;
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => onSlide(next));
  };
  const endDrag = () => {
    cancelAnimationFrame(frame.current);
    dragging.current = false;
    if (reached.current !== null) onRelease(reached.current);
    reached.current = null;
  };
  const beginDrag = (event: PointerEvent) => {
    dragging.current = !leftToScrolling(event);
  };
  const homeShare = (scale.positionOf(home) - scale.least) / (scale.most - scale.least);

  return (
    <Slider.Root
      className="slider"
      min={scale.least}
      max={scale.most}
      step={scale.step}
      value={[scale.positionOf(value)]}
      onPointerDown={beginDrag}
      // Unlike the slider's own commit, this also comes when a drag is cancelled or ends where it began.
      onLostPointerCapture={endDrag}
      onValueChange={([position]) => change(scale.valueAt(position!))}
    >
      <Slider.Track className="slider-track">
        <Slider.Range className="slider-range" />
      </Slider.Track>
      <span
        className="setting-slider-home"
        style={{ left: `calc(${homeShare * 100}% + ${(0.5 - homeShare) * thumbWidth}px)` }}
      />
      <Slider.Thumb
        className="slider-thumb"
        aria-label={`${parameter.label} slider`}
        aria-valuetext={`${typedNumber(value)} ${parameter.unit}`.trim()}
      />
    </Slider.Root>
  );
}
