import { Slider } from 'radix-ui';
import { type PointerEvent, useEffect, useMemo, useRef } from 'react';
import type { NumberParameter } from '../../engine/model/parameters.ts';
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
  const thumb = useRef<HTMLSpanElement>(null);
  const frame = useRef(0);
  useEffect(() => () => cancelAnimationFrame(frame.current), []);

  const slide = (next: number) => {
    cancelAnimationFrame(frame.current);
    frame.current = requestAnimationFrame(() => onSlide(next));
  };
  const release = (next: number) => {
    cancelAnimationFrame(frame.current);
    onRelease(next);
  };
  // A finger on the track may only want to scroll the page; the thumb is what it drags.
  const spareScrolling = (event: PointerEvent) => {
    if (event.pointerType === 'touch' && !thumb.current?.contains(event.target as Node))
      event.preventDefault();
  };
  const homeShare = (scale.positionOf(home) - scale.least) / (scale.most - scale.least);

  return (
    <Slider.Root
      className="setting-slider"
      min={scale.least}
      max={scale.most}
      step={scale.step}
      value={[scale.positionOf(value)]}
      onPointerDown={spareScrolling}
      onValueChange={([position]) => slide(scale.valueAt(position!))}
      onValueCommit={([position]) => release(scale.valueAt(position!))}
    >
      <Slider.Track className="setting-slider-track">
        <Slider.Range className="setting-slider-range" />
      </Slider.Track>
      <span
        className="setting-slider-home"
        style={{ left: `calc(${homeShare * 100}% + ${(0.5 - homeShare) * thumbWidth}px)` }}
      />
      <Slider.Thumb
        ref={thumb}
        className="setting-slider-thumb"
        aria-label={`${parameter.label} slider`}
        aria-valuetext={`${value} ${parameter.unit}`.trim()}
      />
    </Slider.Root>
  );
}
