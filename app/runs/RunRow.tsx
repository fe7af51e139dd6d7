import { Download, Pin, Play, Trash2 } from 'lucide-react';
import { CopyLink } from '../address/CopyLink.tsx';
import { nearestPreset } from '../address/nearest-preset.ts';
import { formatCount, formatRatio } from '../charts/figures.ts';
import { ExportFormats } from '../export/ExportFormats.tsx';
import { exportKeptRun } from '../export/export-run.ts';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { locale } from '../shared/locale.ts';
import { Tip } from '../shared/Tip.tsx';
import { linkTo } from '../state/address-bar.ts';
import type { RunRecord } from '../storage/record.ts';
import { bytesOf } from '../storage/run-store.ts';
import { formatBytes } from './bytes.ts';
import { curveOf } from './curves.ts';
import { RunName } from './RunName.tsx';
import { Sparkline } from './Sparkline.tsx';

interface RunRowProps {
  run: RunRecord;
  /** Whether this page has it open, another one, or none. */
  open: 'here' | 'elsewhere' | 'no';
  selected: boolean;
  onSelect: (id: string, selected: boolean) => void;
  onRename: (id: string, name: string) => void;
  onPin: (id: string, pinned: boolean) => void;
  onOpen: (run: RunRecord) => void;
  onDelete: (id: string) => void;
}

const date = new Intl.DateTimeFormat([...locale], { dateStyle: 'medium', timeStyle: 'short' });

/** A kept run in a line. */
export function RunRow(props: RunRowProps) {
  const { run, open, selected, onSelect, onRename, onPin, onOpen, onDelete } = props;
  const { id, name, settings, step, summary, pinned, engine, updated, checkpointStep } = run;
  const { preset, changed } = nearestPreset(settings);
  return (
    <li className="runs-row" data-selected={selected}>
      <label className="runs-select">
        <input
          type="checkbox"
          checked={selected}
          aria-label={`Select ${name}`}
          onChange={event => onSelect(id, event.target.checked)}
        />
      </label>
      <div className="runs-about">
        <RunName name={name} onRename={text => onRename(id, text)} />
        <p>
          {preset.label}
          {changed > 0 ? `, ${formatCount(changed)} changed` : ''} · seed {formatCount(settings.seed)} ·{' '}
          {engine.toUpperCase()}
          {open === 'here' ? <strong> · open here</strong> : null}
          {open === 'elsewhere' ? <strong> · open in another tab</strong> : null}
        </p>
      </div>
      <Sparkline curve={curveOf(run)} />
      <dl className="runs-figures">
        <div>
          <dt>Steps</dt>
          <dd>{formatCount(step)}</dd>
        </div>
        <div title="Error over that of persistence, in the last 1,000 steps">
          <dt>Error ratio</dt>
          <dd>{summary.ratio === null ? '–' : formatRatio(summary.ratio)}</dd>
        </div>
        <div>
          <dt>Size</dt>
          <dd>{run.bytes > 0 ? formatBytes(bytesOf(run)) : 'no weights'}</dd>
        </div>
        <div className="runs-date">
          <dt>Last kept</dt>
          <dd>{date.format(updated)}</dd>
        </div>
      </dl>
      <div className="runs-actions">
        <button
          type="button"
          className="button"
          aria-label={open === 'here' ? `Show ${name}` : `Open ${name}`}
          disabled={open === 'elsewhere' || checkpointStep === null}
          onClick={() => onOpen(run)}
        >
          <Play size="0.875rem" aria-hidden />
          {open === 'here' ? 'Show' : 'Open'}
        </button>
        <CopyLink link={() => linkTo(settings)} className="button-icon" name={`Copy link to ${name}`} />
        <FloatingPanel
          name={`Export ${name}`}
          className="runs-export"
          buttonClassName="button-icon"
          button={
            <>
              <Download size="0.9375rem" aria-hidden />
              <span className="visually-hidden">Export {name}</span>
            </>
          }
        >
          <ExportFormats of={name} steps={open === 'here'} onExport={format => exportKeptRun(run, format)} />
        </FloatingPanel>
        <Tip text={pinned ? 'Pinned: it makes no room for newer runs' : 'Pin: never delete it to make room'}>
          <button
            type="button"
            className="button button-icon"
            aria-label={`Pin ${name}`}
            aria-pressed={pinned}
            onClick={() => onPin(id, !pinned)}
          >
            <Pin size="0.9375rem" aria-hidden />
          </button>
        </Tip>
        <Tip text={open === 'no' ? 'Delete' : 'A run that is open cannot be deleted'}>
          <button
            type="button"
            className="button button-icon"
            aria-label={`Delete ${name}`}
            aria-disabled={open !== 'no'}
            onClick={() => open === 'no' && onDelete(id)}
          >
            <Trash2 size="0.9375rem" aria-hidden />
          </button>
        </Tip>
      </div>
    </li>
  );
}
