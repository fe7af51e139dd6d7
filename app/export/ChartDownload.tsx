import { useRef } from 'react';
import { FormatMenu } from './FormatMenu.tsx';
import type { ChartFormat } from './paper.ts';

interface ChartDownloadProps {
  /** What a screen reader calls the chart. */
  chart: string;
  /** Part of the file's name. */
  name: string;
  disabled?: boolean;
  /** What the picture says above the plot, where the panel's title does not tell what its lines are. */
  title?: string;
  /** Begins the file's name, where the chart is not of the run that is open. */
  stem?: string;
}

/** Saves the chart of the panel that this is in. */
export function ChartDownload({ chart, name, disabled = false, title, stem }: ChartDownloadProps) {
  const place = useRef<HTMLSpanElement>(null);
  const save = async (format: ChartFormat) => {
    const panel = place.current?.closest('.panel');
    if (!panel) return;
    const { downloadChart } = await import('./chart-file.ts');
    await downloadChart(panel, name, format, title, stem);
  };
  return (
    <span ref={place} className="chart-download">
      <FormatMenu name={`Download ${chart}`} disabled={disabled} onSave={format => void save(format)} />
    </span>
  );
}
