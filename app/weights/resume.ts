import { unreadable } from '../notices/notice-texts.ts';
import { notify, restore } from '../state/run.ts';

/** Goes on from a weights file; one that the browser cannot read is told of like one that is refused. */
export async function resumeFrom(file: File): Promise<void> {
  try {
    await restore(file);
  } catch {
    notify(unreadable(file.name));
  }
}
