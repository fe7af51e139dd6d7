import { Popover } from 'radix-ui';
import type { RunFormat } from './run-file.ts';
import './export.css';

const formats: readonly { format: RunFormat; label: string; holds: string }[] = [
  { format: 'json', label: 'JSON', holds: 'everything' },
  { format: 'history', label: 'CSV', holds: 'error history' },
  { format: 'milestones', label: 'CSV', holds: 'milestones' },
  { format: 'steps', label: 'CSV', holds: 'last steps' },
  { format: 'settings', label: 'CSV', holds: 'settings' },
];

interface ExportFormatsProps {
  /** What is exported: "the run", or its name. */
  of: string;
  disabled?: boolean;
  /** Whether its last steps are known. */
  steps?: boolean;
  onExport: (format: RunFormat) => void;
}

/** What a run can be exported as; choosing closes the panel that this is in. */
export function ExportFormats({ of, disabled = false, steps = true, onExport }: ExportFormatsProps) {
  return (
    <fieldset className="export-formats">
      <legend>Export {of}</legend>
      {formats
        .filter(({ format }) => steps || format !== 'steps')
        .map(({ format, label, holds }) => (
          <Popover.Close
            key={format}
            className="export-format"
            disabled={disabled}
            onClick={() => onExport(format)}
          >
            <strong>{label}</strong> {holds}
          </Popover.Close>
        ))}
    </fieldset>
  );
}
