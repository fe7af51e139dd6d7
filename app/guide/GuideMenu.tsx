import { BookOpen, CircleHelp, Footprints, Info, Keyboard } from 'lucide-react';
import { Popover } from 'radix-ui';
import { FloatingPanel } from '../shared/FloatingPanel.tsx';
import { type GuidePart, openGuide } from './guide-state.ts';
import './guide-menu.css';
import '../shared/menu.css';

const parts: { part: GuidePart; label: string; what: string; Icon: typeof Info }[] = [
  { part: 'tour', label: 'Tour', what: 'Six steps through this page', Icon: Footprints },
  { part: 'glossary', label: 'Glossary', what: 'Column, burst, ratio and the other words', Icon: BookOpen },
  { part: 'shortcuts', label: 'Keyboard and touch', what: 'Press ? at any time', Icon: Keyboard },
  { part: 'about', label: 'About', what: 'The story, and what can be trusted', Icon: Info },
];

/** Everything that explains the page. */
export function GuideMenu() {
  return (
    <FloatingPanel
      name="Guide"
      className="menu"
      buttonClassName="guide-button"
      button={
        <>
          <CircleHelp size="0.9375rem" aria-hidden />
          Guide
        </>
      }
    >
      {parts.map(({ part, label, what, Icon }) => (
        <Popover.Close key={part} className="menu-item" onClick={() => openGuide(part)}>
          <Icon size="1rem" aria-hidden />
          <span>
            {label}
            <small>{what}</small>
          </span>
        </Popover.Close>
      ))}
    </FloatingPanel>
  );
}
