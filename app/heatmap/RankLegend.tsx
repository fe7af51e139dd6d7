import { useDrawing } from '../shared/canvas.ts';
import { amountColor, cssColor, parseRgb } from './color-map.ts';
import { rankShare } from './heatmap-paint.ts';

const mostSwatches = 8;

/** The colours of winners, from the best score to the last. */
export function RankLegend({ count }: { count: number }) {
  const swatches = Math.min(count, mostSwatches);
  const canvas = useDrawing(
    ({ context, width, height, color }) => {
      const nothing = parseRgb(color('--surface-sunken'));
      for (let i = 0; i < swatches; i++) {
        const rank = swatches === 1 ? 0 : (i * (count - 1)) / (swatches - 1);
        context.fillStyle = cssColor(amountColor(rankShare(rank, count), nothing));
        context.fillRect((i * width) / swatches, 0, width / swatches - 1, height);
      }
    },
    [count],
    'still',
  );
  return (
    <p className="heatmap-legend">
      <span>best winner</span>
      <canvas
        ref={canvas}
        style={{ width: `${swatches * 0.875}rem` }}
        role="img"
        aria-label="colours from the best score to the lowest"
      />
      {count > 1 ? <span>last winner</span> : null}
    </p>
  );
}
