/** What the marks of a raster are. */
export function RasterLegend() {
  return (
    <ul className="wave-legend" aria-label="Legend">
      <li>
        <svg viewBox="0 0 14 12" width="0.875rem" height="0.75rem" aria-hidden="true">
          <rect
            x="0.5"
            y="0.5"
            width="11"
            height="11"
            fill="var(--target)"
            fillOpacity="0.3"
            stroke="var(--target)"
          />
        </svg>
        Came
      </li>
      <li>
        <svg viewBox="0 0 22 12" width="1.375rem" height="0.75rem" aria-hidden="true">
          <rect x="0" y="2" width="8" height="8" fill="var(--prediction)" />
          <rect x="13" y="4" width="4" height="4" fill="var(--prediction)" />
        </svg>
        Expected, the larger the surer
      </li>
      <li>
        <svg viewBox="0 0 12 12" width="0.75rem" height="0.75rem" aria-hidden="true">
          <path d="M2.5 3.5l5 5m0-5l-5 5" stroke="var(--error)" strokeWidth="1.75" strokeLinecap="round" />
        </svg>
        Wrong on D or Y
      </li>
    </ul>
  );
}
