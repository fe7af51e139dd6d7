import { useState } from 'react';
import { useDrawing } from '../shared/canvas.ts';
import { formatCount, formatError } from './figures.ts';
import { paintReadout } from './readout.ts';
import {
  type Level,
  paintLevels,
  paintLines,
  paintStepAxes,
  pointNear,
  type StepLine,
  type StepScale,
  stepFrame,
  xOfStep,
  yOfValue,
} from './step-plot.ts';

interface StepPlotProps {
  scale: StepScale;
  /** Of the same steps; the first says where a pointer stands. */
  lines: readonly StepLine[];
  levels?: readonly Level[];
  /** Steps that a point stands for. */
  width: number;
  label: string;
}

const none: readonly Level[] = [];

/** Quantities over a whole run, on a logarithmic axis. */
export function StepPlot({ scale, lines, levels = none, width, label }: StepPlotProps) {
  const [pointer, setPointer] = useState<{ x: number; y: number } | null>(null);
  const canvas = useDrawing(
    drawing => {
      const frame = stepFrame(drawing, scale, lines, levels);
      paintStepAxes(drawing, frame);
      paintLines(drawing, frame, lines);
      paintLevels(drawing, frame, levels);
      const point = pointer && pointNear(frame, lines[0]?.points ?? [], pointer.x);
      if (!point) return;
      const { context, color } = drawing;
      const x = xOfStep(frame, point.step);
      context.strokeStyle = color('--text-muted');
      context.lineWidth = 1;
      context.beginPath();
      context.moveTo(x, frame.y);
      context.lineTo(x, frame.y + frame.height);
      context.stroke();
      const words = lines.flatMap(line => {
        const value = line.points.find(p => p.step === point.step)?.value;
        return value === undefined ? [] : { line, value };
      });
      context.fillStyle = color('--prediction');
      for (const { value } of words) {
        context.beginPath();
        context.arc(x, yOfValue(frame, value), 3, 0, 2 * Math.PI);
        context.fill();
      }
      const first = Math.max(1, point.step - width + 1);
      paintReadout(drawing, drawing, { x, y: pointer.y }, [
        first === point.step
          ? `Step ${formatCount(point.step)}`
          : `Steps ${formatCount(first)} to ${formatCount(point.step)}`,
        ...words.map(({ line, value }) => `${line.name} ${formatError(value)}`),
      ]);
    },
    [scale, lines, levels, width, pointer],
    'still',
  );
  return (
    <canvas
      ref={canvas}
      className="plot-canvas"
      role="img"
      aria-label={label}
      onPointerMove={({ nativeEvent: e }) => setPointer({ x: e.offsetX, y: e.offsetY })}
      onPointerLeave={() => setPointer(null)}
    />
  );
}
