import { useLayoutEffect, useRef } from 'react';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { zoom } from '../shared/zoom.ts';
import { describe } from './describe-unit.ts';
import { useHighlight } from './highlight.ts';
import type { Rect } from './layout.ts';
import type { NetworkMoment } from './moment.ts';
import { edge } from './parts.ts';
import type { Unit } from './units.ts';
import { useRenewal } from './use-renewal.ts';

/** Fast enough to follow, slow enough to read. */
const renewalMilliseconds = 200;

interface TooltipProps {
  config: NetworkConfig;
  moment: NetworkMoment;
  /** Where a unit is drawn on the canvas, in its units. */
  anchor: (unit: Unit) => Rect | null;
}

/** Names what the pointer or the keyboard's cursor is on, with its values as they change. */
export function Tooltip({ config, moment, anchor }: TooltipProps) {
  const { unit, by } = useHighlight();
  const element = useRef<HTMLDivElement>(null);
  useRenewal(renewalMilliseconds, unit !== null);

  useLayoutEffect(() => {
    const tip = element.current;
    const rect = unit && anchor(unit);
    if (!tip || !rect) return;
    const stage = tip.parentElement!;
    const units = zoom();
    const left = units * (rect.x - edge + rect.width / 2) - tip.offsetWidth / 2;
    const above = units * rect.y - tip.offsetHeight - 8;
    const below = units * (rect.y + rect.height) + 8;
    tip.style.left = `${Math.max(0, Math.min(stage.clientWidth - tip.offsetWidth, left))}px`;
    tip.style.top = `${above < -20 ? below : above}px`;
  });

  if (!unit || by === 'inspector') return null;
  const { title, lines } = describe(unit, { config, ...moment.update(config) });
  return (
    <div ref={element} className="network-tooltip" aria-live={by === 'keyboard' ? 'polite' : 'off'}>
      <strong>{title}</strong>
      {lines.map(line => (
        <span key={line}>{line}</span>
      ))}
    </div>
  );
}
