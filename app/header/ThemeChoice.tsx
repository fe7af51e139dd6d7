import { Contrast, Monitor, Moon, Sun } from 'lucide-react';
import { Tip } from '../shared/Tip.tsx';
import { setTheme, type Theme, useTheme } from '../state/theme.ts';

const themes: { theme: Theme; label: string; Icon: typeof Sun }[] = [
  { theme: 'system', label: 'The system’s theme', Icon: Monitor },
  { theme: 'light', label: 'Light theme', Icon: Sun },
  { theme: 'dark', label: 'Dark theme', Icon: Moon },
  { theme: 'contrast', label: 'High contrast', Icon: Contrast },
];

/** One button that goes through the themes; its name says which one is on. */
export function ThemeChoice() {
  const theme = useTheme(s => s.theme);
  const at = themes.findIndex(t => t.theme === theme);
  const { label, Icon } = themes[at]!;
  const next = themes[(at + 1) % themes.length]!;
  return (
    <Tip text={`${label}. Next: ${next.label.toLowerCase()}`}>
      <button
        type="button"
        className="button button-icon"
        aria-label={`${label}; switch to ${next.label.toLowerCase()}`}
        onClick={() => setTheme(next.theme)}
      >
        <Icon size="0.9375rem" aria-hidden />
      </button>
    </Tip>
  );
}
