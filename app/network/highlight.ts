import { create } from 'zustand';
import { sameUnit, type Unit } from './units.ts';

interface Highlight {
  /** What the pointer is on, the keyboard's cursor stands at, or the inspector points out. */
  unit: Unit | null;
  by: 'pointer' | 'keyboard' | 'inspector';
}

export const useHighlight = create<Highlight>()(() => ({ unit: null, by: 'pointer' }));

export function highlight(unit: Unit | null, by: Highlight['by']): void {
  const now = useHighlight.getState();
  if (now.by !== by || !sameUnit(now.unit, unit)) useHighlight.setState({ unit, by });
}
