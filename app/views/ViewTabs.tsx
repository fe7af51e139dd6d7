import { ChartNoAxesCombined, Grid3x3, Layers, Microscope } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ViewName } from '../state/view.ts';
import './views.css';

const tabs: { view: ViewName; label: string; Icon: typeof Layers }[] = [
  { view: 'training', label: 'Training', Icon: ChartNoAxesCombined },
  { view: 'inside', label: 'Inside', Icon: Microscope },
  { view: 'runs', label: 'Runs', Icon: Layers },
  { view: 'sweep', label: 'Sweep', Icon: Grid3x3 },
];

/**
 * Chooses the view. Radix focuses a pressed tab by script, which makes browsers ring it as if by a key; so the list
 * remembers that it was pressed for as long as the focus stays in it and no key is used.
 */
export function ViewTabs() {
  return (
    <Tabs.List
      className="view-tabs"
      aria-label="Views"
      onPointerDownCapture={event => {
        event.currentTarget.dataset.pressed = '';
      }}
      onKeyDownCapture={event => {
        delete event.currentTarget.dataset.pressed;
      }}
      onBlur={event => {
        if (!event.currentTarget.contains(event.relatedTarget)) delete event.currentTarget.dataset.pressed;
      }}
    >
      {tabs.map(({ view, label, Icon }) => (
        <Tabs.Trigger key={view} value={view} className="view-tab">
          <Icon size="0.9375rem" aria-hidden />
          {label}
        </Tabs.Trigger>
      ))}
    </Tabs.List>
  );
}
