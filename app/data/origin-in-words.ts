import type { DataOrigin } from '../../engine/data/own-data.ts';

/** As in `tides.csv: height, flow`. */
export const originInWords = ({ name, columns }: DataOrigin): string =>
  `${name}: ${columns.map(column => column.name).join(', ')}`;
