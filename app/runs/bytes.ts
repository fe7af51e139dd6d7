import { locale } from '../shared/locale.ts';

const units = (['kilobyte', 'megabyte', 'gigabyte'] as const).map(
  unit =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      maximumSignificantDigits: 3,
    }),
);

/** As in 6.92 MB. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1e6 ? 0 : bytes < 1e9 ? 1 : 2;
  return units[power]!.format(bytes / 1000 ** (power + 1));
}
