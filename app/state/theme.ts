import * as v from 'valibot';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const ThemeSchema = v.picklist(['system', 'light', 'dark']);
const StoredSchema = v.object({ theme: ThemeSchema });

export type Theme = v.InferOutput<typeof ThemeSchema>;

/** What the page looks like; kept by the browser. `public/theme.js` applies it before the first paint. */
export const useTheme = create<{ theme: Theme }>()(
  persist((): { theme: Theme } => ({ theme: 'system' }), {
    name: 'deephtm.theme',
    version: 1,
    merge: (stored, initial) => {
      const result = v.safeParse(StoredSchema, stored);
      return result.success ? result.output : initial;
    },
  }),
);

export function setTheme(theme: Theme): void {
  useTheme.setState({ theme });
}

function apply({ theme }: { theme: Theme }): void {
  const { dataset } = document.documentElement;
  if (theme === 'system') delete dataset.theme;
  else dataset.theme = theme;
}

apply(useTheme.getState());
useTheme.subscribe(apply);
