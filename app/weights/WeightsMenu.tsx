import { Download, FileUp, HardDriveDownload, Workflow } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useRef } from 'react';
import { OwnDataHost } from '../data/OwnDataHost.tsx';
import { ExportFormats } from '../export/ExportFormats.tsx';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { restore, save, useRun } from '../state/run.ts';
import { DropTarget } from './DropTarget.tsx';
import '../shared/menu.css';
import './weights.css';

/** Takes a trained network home, and brings it back. */
export function WeightsMenu() {
  const standing = useRun(s => s.choice !== null);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <FloatingPanel
        name="Weights"
        className="menu"
        button={
          <>
            <HardDriveDownload size="0.9375rem" aria-hidden />
            Weights
          </>
        }
      >
        <Popover.Close className="menu-item" disabled={!standing} onClick={() => save('safetensors')}>
          <Download size="1rem" aria-hidden />
          <span>
            Download weights
            <small>A .safetensors file of the network as it is now</small>
          </span>
        </Popover.Close>
        <Popover.Close className="menu-item" disabled={!standing} onClick={() => save('onnx')}>
          <Workflow size="1rem" aria-hidden />
          <span>
            Download one step (ONNX)
            <small>The network as a model that other programs run</small>
          </span>
        </Popover.Close>
        <Popover.Close className="menu-item" onClick={() => picker.current?.click()}>
          <FileUp size="1rem" aria-hidden />
          <span>
            Upload and resume…
            <small>Or drop a file anywhere on the page</small>
          </span>
        </Popover.Close>
        <ExportFormats
          of="what was measured"
          disabled={!standing}
          onExport={format => void import('../export/export-run.ts').then(m => m.exportOpenRun(format))}
        />
      </FloatingPanel>
      <input
        ref={picker}
        type="file"
        accept=".safetensors"
        hidden
        aria-label="Weights file"
        onChange={event => {
          const file = event.target.files?.[0];
          if (file) restore(file);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      <DropTarget />
      <OwnDataHost />
    </>
  );
}
