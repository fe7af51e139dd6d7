import type { NotStored } from '../state/kept.ts';
import type { Notice } from '../state/run.ts';
import { showView } from '../state/view.ts';
import { formatBytes } from './bytes.ts';

/** The browser does not keep the run: how large it is, and what to do. */
export function notStored({ name, message, needed, usage }: NotStored): Notice {
  if (name !== 'QuotaExceededError')
    return {
      id: 'keeping',
      tone: 'info',
      title: 'Runs are not kept in this browser',
      text: `It lets this page store nothing (${message.replace(/\.$/, '')}), as in some private windows or where site data are blocked. Training goes on, but a reload starts again from step 0. Download the weights to keep them.`,
    };
  const used = usage === null ? '' : `, and ${formatBytes(usage)} are in use`;
  return {
    id: 'keeping',
    tone: 'warning',
    title: 'There is no room to keep this run',
    text: `It takes ${formatBytes(needed)}${used}; the browser gives this page no more. Training goes on. Delete runs that you no longer need or files from a full disk, or download the weights of this run.`,
    action: { label: 'Show kept runs', run: () => showView('runs') },
  };
}
