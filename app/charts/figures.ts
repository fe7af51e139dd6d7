import { locale } from '../shared/locale.ts';

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
const significant = [1, 2, 3].map(
  digits =>
    new Intl.NumberFormat(locale, { minimumSignificantDigits: digits, maximumSignificantDigits: digits }),
);
const plain = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 });
const two = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
const signed = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
  signDisplay: 'negative',
});

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const superscript = (exponent: number): string =>
  String(exponent).replace(/[-\d]/g, c => (c === '-' ? '⁻' : superscripts[Number(c)]!));

/** Numbers as all plots write them. Values that are none, as after a divergence, read "not a number". */
const orNone = (format: (value: number) => string) => (value: number) =>
  Number.isFinite(value) ? format(value) : 'not a number';

/** 12,345 */
export const formatCount = orNone(value => whole.format(value));

/** Three significant digits: 0.0888, 1.20, 3.41×10⁻⁶. */
export const formatError = orNone(value => {
  if (value === 0) return '0';
  const exponent = Math.floor(Math.log10(Math.abs(value)));
  if (exponent >= -4 && exponent < 6) return significant[2]!.format(value);
  return `${significant[2]!.format(value / 10 ** exponent)}×10${superscript(exponent)}`;
});

/** Two significant digits, as a ratio is judged by; all of a larger one, until it needs a power of ten. */
export const formatRatio = orNone(value => {
  if (value >= 1e6) return formatError(value);
  return value >= 100 ? whole.format(value) : significant[1]!.format(value);
});

export const formatShare = orNone(value => percent.format(value));

/** A share of symbols that were predicted right, where any came. */
export const formatAccuracy = (share: number | null | undefined): string =>
  share == null ? '–' : formatShare(share);

/** Three places, so that a value that moves keeps its width: −0.588. */
export const formatValue = orNone(value => signed.format(value).replace('-', '−'));

/** Two places: −0.59. */
export const formatHundredths = orNone(value => two.format(value).replace('-', '−'));

/** How ticks of an axis of steps are written: in full where it is so short that they differ in their last digits. */
export const stepTickFormat = ([from, to]: readonly [number, number]) =>
  10 * from > to ? formatCount : formatTick;

/** A tick of an axis, as short as it goes: 0.05, 1,000, 10⁻⁵, 2×10⁻⁵. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  if (size === 0 || (size >= 0.001 && size < 1e6)) return plain.format(value).replace('-', '−');
  const exponent = Math.floor(Math.log10(size) + 1e-9);
  const mantissa = Number((value / 10 ** exponent).toPrecision(3));
  return mantissa === 1
    ? `10${superscript(exponent)}`
    : `${plain.format(mantissa)}×10${superscript(exponent)}`;
}
