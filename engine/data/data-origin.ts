import type { DataOrigin, OwnData } from './own-data.ts';

/** Where a run's data came from, without them; null where it has none. */
export const originOf = (data: OwnData | undefined): DataOrigin | null =>
  data ? { name: data.name, columns: data.columns } : null;
