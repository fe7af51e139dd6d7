import type { ReactNode } from 'react';
import type { SignalConfig } from '../../engine/model/config.ts';
import type { Drawing } from '../shared/canvas.ts';
import type { StepFrame, StepTick } from './wave-plot.ts';

/** How the live strip shows one kind of signal. */
export interface StripView {
  readonly subtitle: (inputs: number) => string;
  /** Steps that can be shown at once, and those shown at first. */
  readonly spans: readonly string[];
  readonly firstSpan: string;
  /** Where a picture ends that is held still: so many steps after a cycle does. */
  readonly holdAfter: number;
  readonly frame: (drawing: Drawing, last: number, span: number, signal: SignalConfig) => StepFrame;
  readonly paintAxes: (
    drawing: Drawing,
    frame: StepFrame,
    ticks: readonly StepTick[],
    signal: SignalConfig,
  ) => void;
  readonly paintSteps: (drawing: Drawing, frame: StepFrame, signal: SignalConfig) => void;
  /** What is known of a step that is held. */
  readonly readout: (step: number, signal: SignalConfig) => string[];
  /** The newest steps, of which there are some, in words. */
  readonly describe: (from: number, to: number, signal: SignalConfig) => string;
  readonly Legend: () => ReactNode;
  /** Figures that belong to it. */
  readonly Figures?: () => ReactNode;
}
