import type { Inspection } from '../worker/inspection-views.ts';

type Listener = (inspection: Inspection | null) => void;

const listeners = new Set<Listener>();

/** Calls `listener` with every answer to an `inspect`. @returns a function that stops it */
export function onInspection(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function hearInspection(inspection: Inspection | null): void {
  for (const listener of listeners) listener(inspection);
}
