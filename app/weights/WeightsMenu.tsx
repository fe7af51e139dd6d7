import { Download, FileUp, HardDriveDownload } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef } from 'react';
import { save, useRun } from '../state/run.ts';
import { DropTarget } from './DropTarget.tsx';
import { resumeFrom } from './resume.ts';
import './weights.css';

/** Takes a trained network home, and brings it back. */
export function WeightsMenu() {
  const standing = useRun(s => s.choice !== null);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger className="button">
          <HardDriveDownload size={15} aria-hidden />
          Weights
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            className="floating weights-menu"
            align="end"
            sideOffset={6}
            collisionPadding={8}
          >
            <DropdownMenu.Item className="weights-item" disabled={!standing} onSelect={save}>
              <Download size={16} aria-hidden />
              <span>
                Download weights
                <small>A .safetensors file of the network as it is now</small>
              </span>
            </DropdownMenu.Item>
            <DropdownMenu.Item className="weights-item" onSelect={() => picker.current?.click()}>
              <FileUp size={16} aria-hidden />
              <span>
                Upload and resume…
                <small>Or drop a file anywhere on the page</small>
              </span>
            </DropdownMenu.Item>
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <input
        ref={picker}
        type="file"
        accept=".safetensors"
        hidden
        aria-label="Weights file"
        onChange={event => {
          const file = event.target.files?.[0];
          if (file) void resumeFrom(file);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
      <DropTarget />
    </>
  );
}
