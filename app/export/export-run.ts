import { downloadFile } from '../shared/download-file.ts';
import { useKept } from '../state/kept.ts';
import { type LiveSteps, newest } from '../state/live.ts';
import { useRun } from '../state/run.ts';
import type { RunRecord } from '../storage/record.ts';
import { fileStem } from '../weights/download.ts';
import { type RunFormat, runFile } from './run-file.ts';
import type { ExportedRun, ExportedStep } from './run-tables.ts';

/** Hands the run that is open to the browser as a file, as far as it has come. */
export function exportOpenRun(format: RunFormat): void {
  const { applied, data, choice, step, summary, history, milestones } = useRun.getState();
  const stem = fileStem(applied, step);
  const engine = choice?.engine ?? 'cpu';
  const steps = format === 'json' || format === 'steps' ? heldSteps(newest) : null;
  hand(
    { name: stem, settings: applied, data, engine, step, summary, history, milestones, steps },
    format,
    stem,
  );
}

/** Does the same with a kept run; of the one that is open, with its last steps. */
export function exportKeptRun(run: RunRecord, format: RunFormat): void {
  const steps = run.id === useKept.getState().id ? heldSteps(newest) : null;
  hand({ ...run, steps }, format, fileStem(run.settings, run.step));
}

function hand(run: ExportedRun, format: RunFormat, stem: string): void {
  const { blob, name } = runFile(run, format, stem);
  downloadFile(blob, name);
}

function heldSteps(steps: LiveSteps): ExportedStep[] {
  const inputs = steps.targetRows.length / steps.target.length;
  const row = (of: Float32Array | Uint16Array, slot: number, width: number) =>
    Array.from(of.subarray(slot * width, (slot + 1) * width));
  return Array.from({ length: steps.end - steps.held }, (_, i) => {
    const step = steps.held + i;
    const slot = steps.at(step);
    return {
      step,
      input: steps.input[slot]!,
      target: row(steps.targetRows, slot, inputs),
      prediction: row(steps.predictionRows, slot, inputs),
      loss: steps.loss[slot]!,
      bursting: steps.bursting[slot]!,
      winners: row(steps.winners, slot, steps.winnerCount),
    };
  });
}
