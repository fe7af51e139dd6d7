import { waveLines } from './wave-plot.ts';

/** What the lines and the area of a wave are. */
export function WaveLegend() {
  return (
    <ul className="wave-legend" aria-label="Legend">
      {waveLines.map(line => (
        <li key={line.name}>
          <svg viewBox="0 0 22 10" width="1.375rem" height="0.625rem" aria-hidden="true">
            <line
              x1="3"
              x2="19"
              y1="5"
              y2="5"
              stroke={`var(${line.color})`}
              strokeWidth={line.width}
              strokeOpacity={line.opacity}
              strokeLinecap="round"
            />
          </svg>
          {line.label}
        </li>
      ))}
      <li>
        <svg viewBox="0 0 22 10" width="1.375rem" height="0.625rem" aria-hidden="true">
          <rect x="3" y="0" width="16" height="10" fill="var(--error)" fillOpacity="0.28" />
        </svg>
        Difference
      </li>
    </ul>
  );
}
