export interface Curve {
  readonly label: string;
  readonly color: string;
  /** x, y pairs; y above 0. */
  readonly points: readonly (readonly [number, number])[];
  readonly dashed?: boolean;
}

export interface Plot {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** y is drawn no lower than this. */
  readonly least: number;
  readonly curves: readonly Curve[];
}

const width = 720;
const height = 340;
const left = 64;
const right = 190;
const top = 36;
const bottom = 44;
const lineHeight = 16;

const escapeXml = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const at = (value: number) => value.toFixed(1);

/** Curves over a linear x and a logarithmic y, with a legend, as a picture that needs nothing else. */
export function plotSvg({ title, xLabel, yLabel, least, curves }: Plot): string {
  const points = curves.flatMap(c => c.points).filter(([, y]) => Number.isFinite(y));
  const xMost = Math.max(...points.map(([x]) => x));
  const lowest = Math.floor(Math.log10(Math.max(least, Math.min(...points.map(([, y]) => y)))));
  const highest = Math.ceil(Math.log10(Math.max(...points.map(([, y]) => y))));
  const decades = Math.max(1, highest - lowest);
  const x = (value: number) => left + (value / xMost) * (width - left - right);
  const y = (value: number) =>
    top + (1 - (Math.log10(Math.max(value, 10 ** lowest)) - lowest) / decades) * (height - top - bottom);

  const parts: string[] = [];
  for (let d = 0; d <= decades; d++) {
    const value = 10 ** (lowest + d);
    parts.push(`<path d="M${left} ${at(y(value))}H${width - right}" stroke="#d8dce2"/>`);
    parts.push(
      `<text x="${left - 8}" y="${at(y(value) + 4)}" text-anchor="end">${value >= 0.001 ? value : value.toExponential(0)}</text>`,
    );
  }
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
