import { useEffect, useState } from 'react';
import { chooseOwnData, isTable } from '../data/own-data-state.ts';
import { restore } from '../state/run.ts';

const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Lets a weights file, or a table of own data, be dropped anywhere on the page, and says so while one hangs over it. */
export function DropTarget() {
  const [over, setOver] = useState(false);

  useEffect(() => {
    const drag = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      // Out of the window, not from one element to the next.
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      const file = event.dataTransfer?.files[0];
      if (file && isTable(file)) chooseOwnData(file);
      else if (file) restore(file);
    };
    addEventListener('dragenter', drag);
    addEventListener('dragover', drag);
    addEventListener('dragleave', leave);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragenter', drag);
      removeEventListener('dragover', drag);
      removeEventListener('dragleave', leave);
      removeEventListener('drop', drop);
    };
  }, []);

  return over ? (
    <div className="drop-target" aria-hidden>
      <p>Drop a weights file to resume from it, or a CSV file to learn it</p>
    </div>
  ) : null;
}
