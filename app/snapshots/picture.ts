import { hasPeriod } from '../../engine/data/signal.ts';
import type { Milestone } from '../../engine/measure/run-measure.ts';
import type { Settings } from '../../engine/model/config.ts';
import { nearestPreset } from '../address/nearest-preset.ts';
import { formatCount } from '../charts/figures.ts';
import { paintCame, paintExpected, paintMiss } from '../charts/raster-plot.ts';
import { type Surface, waveLines } from '../charts/wave-plot.ts';
import { type ChartFormat, paperOf } from '../export/paper.ts';
import { downloadFile } from '../shared/download-file.ts';
import { figuresOf, paintSnapshot, type ValueAxis, valueAxisOf } from './snapshot-plot.ts';

const font = (size: number, weight = 400) =>
  `${weight} ${size}px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif`;
const margin = 24;
const gap = 24;
const headHeight = 62;
const footHeight = 34;
const cellHead = 26;
const cellFoot = 46;

/** The run in a line: its preset, seed and signal. */
export function captionOf(settings: Settings): string {
  const { preset: nearest, changed } = nearestPreset(settings);
  const name =
    changed === 0
      ? nearest.label
      : `${nearest.label}, ${changed} ${changed === 1 ? 'setting' : 'settings'} changed`;
  const { period, noise } = settings.signal;
  const parts = [`Preset ${name}`, `seed ${settings.seed}`];
  if (hasPeriod(settings.signal)) parts.push(`period ${period}`);
  if (noise > 0) parts.push(`noise ${noise}`);
  return parts.join(' · ');
}

interface Look {
  readonly format: ChartFormat;
  /** An element of the page, whose colours the picture has. */
  readonly themed: Element;
}

/**
 * Saves snapshots side by side, three to a row, as a picture to keep: with title, axes, figures, legend and caption.
 * @param all of the run's snapshots, with which these have their axis in common
 */
export async function savePicture(
  milestones: readonly Milestone[],
  all: readonly Milestone[],
  settings: Settings,
  { format, themed }: Look,
  fileName: string,
): Promise<void> {
  const across = Math.min(milestones.length, 3);
  const rows = Math.ceil(milestones.length / 3);
  const cell = across === 1 ? { width: 640, height: 260 } : { width: 420, height: 200 };
  const cellTall = cellHead + cell.height + cellFoot;
  const width = 2 * margin + across * cell.width + (across - 1) * gap;
  const height = headHeight + rows * cellTall + (rows - 1) * gap + footHeight;
  const paper = paperOf(format, width, height);
  const { context } = paper;
  const surface = { context, color: themeColors(themed) };
  const { color } = surface;
  const write = (text: string, x: number, y: number, style: string, fill: string) => {
    context.font = style;
    context.fillStyle = color(fill);
    context.textAlign = 'left';
    context.textBaseline = 'alphabetic';
    context.fillText(text, x, y);
  };
  context.fillStyle = color('--surface');
  context.fillRect(0, 0, width, height);
  write('DeepHTM: predicted against actual', margin, 30, font(17, 650), '--text');
  write(captionOf(settings), margin, 49, font(12), '--text-muted');

  const axis = valueAxisOf(settings.signal, all);
  milestones.forEach((milestone, i) => {
    const x = margin + (i % 3) * (cell.width + gap);
    const y = headHeight + Math.floor(i / 3) * (cellTall + gap);
    write(`Step ${formatCount(milestone.step)}`, x, y + 17, font(13, 650), '--text');
    paintSnapshot(surface, { ...cell, x, y: y + cellHead }, axis, milestone.step, milestone);
    const below = y + cellHead + cell.height;
    const figures = figuresOf(milestone, settings.network);
    const widthOf = (text: string, style: string) => {
      context.font = style;
      return context.measureText(text).width;
    };
    const widths = figures.map(({ label, value }) =>
      Math.max(widthOf(label, font(11)), widthOf(value, font(13, 600))),
    );
    const between = (cell.width - widths.reduce((sum, width) => sum + width, 0)) / figures.length;
    let at = x;
    figures.forEach(({ label, value }, i) => {
      write(value, at, below + 17, font(13, 600), '--text');
      write(label, at, below + 32, font(11), '--text-muted');
      at += widths[i]! + between;
    });
  });
  paintLegend(surface, axis, margin, height - 20);
  downloadFile(await paper.file(), fileName);
}

function paintLegend(surface: Surface, { kind }: ValueAxis, left: number, y: number): void {
  const { context, color } = surface;
  let x = left;
  context.textBaseline = 'middle';
  context.textAlign = 'left';
  context.font = font(11.5);
  const name = (label: string) => {
    context.globalAlpha = 1;
    context.fillStyle = color('--text-muted');
    context.fillText(label, x + 28, y);
    x += 28 + context.measureText(label).width + 20;
  };
  if (kind === 'raster') {
    const cell = () => ({ x: x + 14, y, width: 14, height: 14 });
    paintCame(surface, cell());
    name('Came');
    paintExpected(surface, cell(), 1);
    name('Expected, the larger the surer');
    paintMiss(surface, x + 14, y);
    name('Wrong on D or Y');
    return;
  }
  for (const line of waveLines) {
    context.beginPath();
    context.moveTo(x + 2, y);
    context.lineTo(x + 20, y);
    context.lineWidth = line.width;
    context.lineCap = 'round';
    context.globalAlpha = line.opacity;
    context.strokeStyle = color(line.color);
    context.stroke();
    name(line.label);
  }
  context.globalAlpha = 0.28;
  context.fillStyle = color('--error');
  context.fillRect(x + 2, y - 5, 18, 10);
  name('Difference');
}

/** Resolves colour roles as they are at `themed` now. */
function themeColors(themed: Element): (name: string) => string {
  const probe = themed.appendChild(document.createElement('span'));
  probe.hidden = true;
  const style = getComputedStyle(probe);
  const colors = new Map<string, string>();
  // Read at once: the probe does not stay in the page.
  for (const name of [
    '--surface',
    '--text',
    '--text-muted',
    '--line',
    '--error',
    ...waveLines.map(l => l.color),
  ]) {
    probe.style.color = `var(${name})`;
    colors.set(name, style.color);
  }
  probe.remove();
  return name => colors.get(name)!;
}
