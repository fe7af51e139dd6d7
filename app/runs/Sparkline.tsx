import { formatCount, formatError } from '../charts/figures.ts';
import type { Curve } from './overlay.ts';

const width = 120;
const height = 30;
const inset = 2;

/** A run's error in little, on two logarithmic axes. */
export function Sparkline({ curve }: { curve: Curve }) {
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last || first === last) return <span className="runs-sparkline" />;
  const logs = curve.map(({ step, rmse }) => [Math.log(step), Math.log(rmse)] as const);
  const [left, right] = [logs[0]![0], logs.at(-1)![0]];
  const [low, high] = [Math.min(...logs.map(l => l[1])), Math.max(...logs.map(l => l[1]))];
  const points = logs.map(([x, y]) => {
    const across = inset + ((width - 2 * inset) * (x - left)) / (right - left);
    const down = inset + ((height - 2 * inset) * (high - y)) / (high - low || 1);
    return `${across.toFixed(1)},${down.toFixed(1)}`;
  });
  return (
    <svg
      className="runs-sparkline"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`Error from ${formatError(first.rmse)} at step ${formatCount(first.step)} to ${formatError(last.rmse)} at step ${formatCount(last.step)}`}
    >
      <polyline points={points.join(' ')} />
    </svg>
  );
}
