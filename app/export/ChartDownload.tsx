import { Download } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef } from 'react';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import type { ChartFormat } from './chart-file.ts';
import './export.css';

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
      <FloatingPanel
        name={`Download ${chart}`}
        className="chart-download-menu"
        buttonClassName="chart-download-button"
        button={
          <>
            <Download size={14} aria-hidden />
            <span className="visually-hidden">Download {chart}</span>
          </>
        }
      >
        {(['svg', 'png'] as const).map(format => (
          <Popover.Close
            key={format}
            className="export-format"
            disabled={disabled}
            onClick={() => void save(format)}
          >
            {format.toUpperCase()}
          </Popover.Close>
        ))}
      </FloatingPanel>
    </span>
  );
}
