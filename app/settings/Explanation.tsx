import { Info } from 'lucide-react';
import { useState } from 'react';
import type { Parameter } from '../../engine/model/parameters.ts';
import { Explained } from '../guide/Explained.tsx';

interface ExplanationProps {
  parameter: Parameter;
  /** It does nothing under the present choices. */
  idle: boolean;
}

/** What a setting does, and what changing it costs. */
export function Explanation({ parameter, idle }: ExplanationProps) {
  const [text, setText] = useState('…');
  const ask = () => {
    if (text !== '…') return;
    import('../../engine/model/explanations.ts').then(
      ({ explanations }) => setText(explanations[parameter.path]!),
      () => setText('What it does could not be loaded: the network may be away.'),
    );
  };
  return (
    <Explained
      name={parameter.label}
      className="setting-icon-button"
      onAsk={ask}
      texts={[
        text,
        idle && 'It has no effect under the present choices. You can set it for later.',
        parameter.effect === 'live'
          ? 'Live: the running network takes it at once.'
          : 'Restart: a change waits until you start a new run.',
      ]}
    >
      <Info size="0.8125rem" aria-hidden />
    </Explained>
  );
}
