import { Segmented } from './Segmented.tsx';
import type { StepScale } from './step-axes.tsx';

interface StepScaleChoiceProps {
  value: StepScale;
  onChange: (value: StepScale) => void;
}

/** The choice between a logarithmic and a linear axis of steps. */
export function StepScaleChoice({ value, onChange }: StepScaleChoiceProps) {
  return (
    <Segmented
      label="Step axis"
      value={value}
      onChange={onChange}
      options={[
        { value: 'log', label: 'log', name: 'Logarithmic step axis' },
        { value: 'linear', label: 'linear', name: 'Linear step axis' },
      ]}
    />
  );
}
