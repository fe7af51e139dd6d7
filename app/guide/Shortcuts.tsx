import { GuideDialog } from './GuideDialog.tsx';
import './shortcuts.css';

interface Shortcut {
  /** Alternatives; several keys of one go together. */
  readonly keys: readonly string[];
  readonly does: string;
}

const shortcuts: readonly { readonly place: string; readonly list: readonly Shortcut[] }[] = [
  {
    place: 'Anywhere',
    list: [
      { keys: ['Space'], does: 'Play, or pause' },
      { keys: ['S'], does: 'Train one step; held down, one after the other' },
      { keys: ['R'], does: 'Begin again from step 0' },
      { keys: ['?'], does: 'This list' },
      { keys: ['Esc'], does: 'Close what is open' },
      { keys: ['Tab'], does: 'To the next control' },
    ],
  },
  {
    place: 'Views',
    list: [{ keys: ['←', '→'], does: 'Another view, while its tab has the focus' }],
  },
  {
    place: 'Network and heatmap',
    list: [
      { keys: ['←', '→', '↑', '↓'], does: 'From column to column; each is read out' },
      { keys: ['Enter'], does: 'Pin the column, or unpin it' },
      { keys: ['Esc'], does: 'Unpin' },
    ],
  },
  {
    place: 'Moment',
    list: [
      { keys: ['←', '→'], does: 'A step back, or on' },
      { keys: ['Page Down', 'Page Up'], does: 'Ten steps back, or on; with Shift, a hundred' },
      { keys: ['Home'], does: 'As far back as can be gone' },
      { keys: ['Esc', 'End'], does: 'Back to now' },
    ],
  },
  {
    place: 'Pictures of Inside',
    list: [
      { keys: ['←', '→', '↑', '↓'], does: 'Over what is drawn; each place is read out' },
      { keys: ['Page Down', 'Page Up'], does: 'The same, by tens' },
      { keys: ['Enter'], does: 'Pin the column that is read out' },
    ],
  },
  {
    place: 'Settings',
    list: [
      { keys: ['←', '→'], does: 'Move a slider; Home and End take it to its ends' },
      { keys: ['Enter'], does: 'Take over what was typed' },
      { keys: ['Esc'], does: 'Back to the value before' },
    ],
  },
  {
    place: 'Tour',
    list: [
      { keys: ['←', '→'], does: 'Back, and on' },
      { keys: ['Esc'], does: 'Leave it' },
    ],
  },
];

/** Every key that does something, and what a finger can do. */
export default function Shortcuts() {
  return (
    <GuideDialog title="Keyboard and touch" className="shortcuts">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: there is nothing else in it by which a keyboard could scroll */}
      <div className="guide-dialog-scroll" tabIndex={0}>
        {shortcuts.map(({ place, list }) => (
          <section key={place}>
            <h3>{place}</h3>
            <dl>
              {list.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map(key => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <h3>Touch</h3>
        <p>
          Tap a column to pin it. Rest a finger on a button to read what it does. Drag a slider by its thumb;
          on its track a finger scrolls the page.
        </p>
        <p>Letters type, and do nothing else, while a field has the focus.</p>
      </div>
    </GuideDialog>
  );
}
