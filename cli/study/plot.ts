export interface Curve {
  readonly label: string;
  readonly color: string;
  /** x, y pairs; y above 0 where it is drawn on a logarithmic scale. */
  readonly points: readonly (readonly [number, number])[];
  readonly dashed?: boolean;
}

export interface Plot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** On a logarithmic scale y is drawn no lower than this; a share has a linear one, from 0 to 1. */
  readonly scale: { readonly least: number } | 'share';
  readonly curves: readonly Curve[];
}

const width = 760;
const height = 340;
const left = 64;
const right = 230;
const top = 36;
const bottom = 44;
const lineHeight = 16;

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const at = (value: number) => value.toFixed(1);

interface Axis {
  /** Values that have a line, and what it says. */
  ticks: { value: number; label: string }[];
  /** 0 at the bottom, 1 at the top. */
  place(value: number): number;
}

function decades(values: readonly number[], least: number): Axis {
  const lowest = Math.floor(Math.log10(Math.max(least, Math.min(...values))));
  const highest = Math.max(lowest + 1, Math.ceil(Math.log10(Math.max(...values))));
  return {
    ticks: Array.from({ length: highest - lowest + 1 }, (_, d) => {
      const value = 10 ** (lowest + d);
      return { value, label: value >= 0.001 ? String(value) : value.toExponential(0) };
    }),
    place: value => (Math.log10(Math.max(value, 10 ** lowest)) - lowest) / (highest - lowest),
  };
}

const shares: Axis = {
  ticks: [0, 0.25, 0.5, 0.75, 1].map(value => ({ value, label: `${100 * value}%` })),
  place: value => value,
};

/** Curves over a linear x, with a legend, as a picture that needs nothing else. */
export function plotSvg({ title, xLabel, yLabel, scale, curves }: Plot): string {
  const points = curves.flatMap(c => c.points).filter(([, y]) => Number.isFinite(y));
  const xMost = Math.max(...points.map(([x]) => x));
  const axis =
    scale === 'share'
      ? shares
      : decades(
          points.map(([, y]) => y),
          scale.least,
        );
  const x = (value: number) => left + (value / xMost) * (width - left - right);
  const y = (value: number) => top + (1 - axis.place(value)) * (height - top - bottom);

  const parts: string[] = [];
  for (const { value, label } of axis.ticks)
    parts.push(
      `<path d="M${left} ${at(y(value))}H${width - right}" stroke="#d8dce2"/>`,
      `<text x="${left - 8}" y="${at(y(value) + 4)}" text-anchor="end">${label}</text>`,
    );
  for (let i = 0; i <= 5; i++)
    parts.push(
      `<text x="${at(x((xMost * i) / 5))}" y="${height - bottom + 18}" text-anchor="middle">${(xMost * i) / 5}</text>`,
    );
  for (const [i, { label, color, dashed, points }] of curves.entries()) {
    const dash = dashed ? ' stroke-dasharray="5 4"' : '';
    const path = points
      .filter(([, value]) => Number.isFinite(value))
      .map(([px, py], n) => `${n === 0 ? 'M' : 'L'}${at(x(px))} ${at(y(py))}`)
      .join('');
    const legend = top + 8 + i * lineHeight;
    parts.push(`<path d="${path}" fill="none" stroke="${color}" stroke-width="2"${dash}/>`);
    parts.push(
      `<path d="M${width - right + 12} ${legend}h22" stroke="${color}" stroke-width="2"${dash}/>`,
      `<text x="${width - right + 40}" y="${legend + 4}">${escapeXml(label)}</text>`,
    );
  }
  const middle = (left + width - right) / 2;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#2b3440">
<title>${escapeXml(title)}</title>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${left}" y="20" font-size="14" font-weight="600">${escapeXml(title)}</text>
${parts.join('\n')}
<text x="${middle}" y="${height - 6}" text-anchor="middle">${escapeXml(xLabel)}</text>
<text transform="translate(14 ${(top + height - bottom) / 2}) rotate(-90)" text-anchor="middle">${escapeXml(yLabel)}</text>
</svg>
`;
}
