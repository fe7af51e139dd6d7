import type { ReactNode } from 'react';

function Item({ children, label }: { children: ReactNode; label: string }) {
  return (
    <li>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {children}
      </svg>
      {label}
    </li>
  );
}

/** What the marks of the network mean; each has a shape of its own, not only a colour. */
export function Legend() {
  return (
    <ul className="network-legend" aria-label="Legend">
      <Item label="winning column">
        <rect className="network-legend-winner" x="2" y="2" width="12" height="12" rx="2.5" />
      </Item>
      <Item label="bursting column">
        <rect className="network-legend-bursting" x="2" y="2" width="12" height="12" rx="2.5" />
      </Item>
      <Item label="active cell, correctly predicted">
        <circle className="network-legend-correct" cx="8" cy="8" r="5" />
      </Item>
      <Item label="active cell, by bursting">
        <path className="network-legend-burst" d="M8 2 14 8 8 14 2 8Z" />
      </Item>
      <Item label="predictive cell: expected next (larger is stronger)">
        <circle className="network-legend-predictive" cx="8" cy="8" r="4.5" />
      </Item>
      <Item label="idle cell">
        <rect className="network-legend-idle" x="6" y="6" width="4" height="4" />
      </Item>
    </ul>
  );
}
