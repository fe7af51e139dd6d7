import { create } from 'zustand';

/** The page's views: what is seen of a run, or of several. */
export const viewNames = ['training', 'inside', 'runs', 'sweep'] as const;
export type ViewName = (typeof viewNames)[number];

export const useView = create<{ view: ViewName }>()(() => ({ view: 'training' }));

export const showView = (view: ViewName): void => useView.setState({ view });
