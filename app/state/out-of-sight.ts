import { formatCount } from '../charts/figures.ts';
import { send } from './connection.ts';
import { useRun } from './run.ts';

const name = 'DeepHTM';

/** Training goes on while the page is out of sight: then its title says so, and how far it is. */
export function goOnOutOfSight(): void {
  const { title } = document;
  const tell = () => {
    const { status, step } = useRun.getState();
    const mark = status === 'playing' ? '▶' : '⏸';
    document.title = document.hidden ? `${mark} ${formatCount(step)} · ${name}` : title;
  };
  document.addEventListener('visibilitychange', () => {
    send({ kind: 'seen', seen: !document.hidden });
    tell();
  });
  useRun.subscribe((now, before) => {
    if (document.hidden && (now.step !== before.step || now.status !== before.status)) tell();
  });
}
