import { Info } from 'lucide-react';
import type { Parameter } from '../../engine/model/parameters.ts';
import { Explained } from '../guide/Explained.tsx';

interface ExplanationProps {
  parameter: Parameter;
  /** It does nothing under the present choices. */
  idle: boolean;
}

/** What a setting does, and what changing it costs. */
export function Explanation({ parameter, idle }: ExplanationProps) {
  return (
    <Explained
      name={parameter.label}
      className="setting-icon-button"
      texts={[
        parameter.explanation,
        idle && 'It has no effect under the present choices. You can set it for later.',
        parameter.effect === 'live'
          ? 'Live: the running network takes it at once.'
          : 'Restart: a change waits until you start a new run.',
      ]}
    >
      <Info size={13} aria-hidden />
    </Explained>
  );
}
