import type { ReactNode } from 'react';
import { CellMark } from './CellMark.tsx';

function Item({ children, label }: { children: ReactNode; label: string }) {
  return (
    <li>
      {children}
      {label}
    </li>
  );
}

function ColumnMark({ bursting }: { bursting: boolean }) {
  return (
    <svg viewBox="0 0 16 16" width="1rem" height="1rem" aria-hidden="true">
      <rect
        className={bursting ? 'column-mark-bursting' : 'column-mark-winner'}
        x="2"
        y="2"
        width="12"
        height="12"
        rx="2.5"
      />
    </svg>
  );
}

/** What the marks of the network mean; each has a shape of its own, not only a colour. */
export function Legend() {
  return (
    <ul className="network-legend" aria-label="Legend" data-picture>
      <Item label="winning column">
        <ColumnMark bursting={false} />
      </Item>
      <Item label="bursting column">
        <ColumnMark bursting />
      </Item>
      <Item label="active, predicted">
        <CellMark state="correct" predictive={false} />
      </Item>
      <Item label="active, bursting">
        <CellMark state="burst" predictive={false} />
      </Item>
      <Item label="predictive">
        <CellMark state="idle" predictive />
      </Item>
      <Item label="idle">
        <CellMark state="idle" predictive={false} />
      </Item>
    </ul>
  );
}
