import { deepHtm } from './competitors.ts';
import { wavesOf } from './measurements.ts';
import { milestones, type Result, type WaveResult } from './result.ts';
import { streams } from './streams.ts';
import { figure, percent, table } from './table.ts';

/** Both engines, run by run, on the streams and seeds that the GPU engine was measured on. */
export function engineTable(cpu: readonly Result[], gpu: readonly WaveResult[]): string {
  const row = (engine: string, label: string, r: WaveResult) => [
    label,
    String(r.seed),
    engine,
    ...r.rmse.map(figure),
    ...r.ratio.map(figure),
    figure(r.frozenRatio),
    figure(r.freeRun[0]!),
    String(r.columns!.inUse),
    percent(r.columns!.burstRate),
  ];
  const rows = gpu.flatMap(onGpu => {
    const label = streams.find(s => s.name === onGpu.stream)!.label;
    const onCpu = wavesOf(cpu, onGpu.stream, deepHtm).find(r => r.seed === onGpu.seed);
    return [...(onCpu ? [row('CPU', label, onCpu)] : []), row('GPU', label, onGpu)];
  });
  const thousands = milestones.map(m => `${m / 1000}k`);
  return table(
    [
      'stream',
      'seed',
      'engine',
      ...thousands.map(k => `RMSE ${k}`),
      ...thousands.map(k => `ratio ${k}`),
      'frozen',
      'free run 100',
      'columns',
      'bursts',
    ],
    rows,
  );
}
