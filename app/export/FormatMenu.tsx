import { Download } from 'lucide-react';
import { Popover } from 'radix-ui';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import type { ChartFormat } from './paper.ts';
import './export.css';

interface FormatMenuProps {
  /** What a screen reader calls it. */
  name: string;
  /** What it shows beside its icon. */
  text?: string;
  buttonClassName?: string;
  disabled?: boolean;
  onSave: (format: ChartFormat) => void;
}

/** Asks which kind of file a picture is to be. */
export function FormatMenu({ name, text, buttonClassName, disabled = false, onSave }: FormatMenuProps) {
  return (
    <FloatingPanel
      name={name}
      className="chart-download-menu"
      buttonClassName={buttonClassName ?? 'chart-download-button'}
      disabled={disabled}
      button={
        <>
          <Download size={text ? '0.8125rem' : '0.875rem'} aria-hidden />
          {text ? <span aria-hidden>{text}</span> : null}
          <span className="visually-hidden">{name}</span>
        </>
      }
    >
      {(['svg', 'png'] as const).map(format => (
        <Popover.Close key={format} className="export-format" onClick={() => onSave(format)}>
          {format.toUpperCase()}
        </Popover.Close>
      ))}
    </FloatingPanel>
  );
}
