import { create } from 'zustand';

/** One step in so many seconds, told phase by phase. What it does is loaded when it is first asked for. */
export const useSlowMotion = create<{
  on: boolean;
  playing: boolean;
}>()(() => ({ on: false, playing: false }));
