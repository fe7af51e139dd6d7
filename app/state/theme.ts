import * as v from 'valibot';
import { create } from 'zustand';
import { persist } from 'zustand/middleware';

const ThemeSchema = v.picklist(['system', 'light', 'dark', 'contrast']);
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

/** The wish for more contrast, which a person can also have told the system. */
const moreContrast = matchMedia('(prefers-contrast: more)');

function apply(): void {
  const { theme } = useTheme.getState();
  const { dataset } = document.documentElement;
  if (theme === 'light' || theme === 'dark') dataset.theme = theme;
  else delete dataset.theme;
  if (theme === 'contrast' || moreContrast.matches) dataset.contrast = 'more';
  else delete dataset.contrast;
}

apply();
useTheme.subscribe(apply);
moreContrast.addEventListener('change', apply);
