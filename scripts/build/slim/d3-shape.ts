/**
 * The one shape that plots here have: a line of straight pieces, with a gap wherever a point is not defined. Recharts
 * names many more, and D3's own file cannot be taken in parts, so that all of it would be brought along.
 */
interface Point {
  readonly x: number;
  readonly y: number;
}

const absent = (shape: string) => (): never => {
  throw new Error(
    `The built page has no ${shape}: take it from d3-shape in scripts/build/slim/d3-shape.ts, or draw a line.`,
  );
};

/** D3's generator of lines, as far as Recharts calls it: it always reads `x` and `y`. */
export function line() {
  let isDefined: (point: Point) => boolean = () => true;
  const path = (points: readonly Point[]): string | null => {
    let text = '';
    let open = false;
    for (const [i, point] of points.entries()) {
      const defined = isDefined(point);
      // A point between two gaps is a line of no length, which round caps show.
      if (defined) text += `${open ? 'L' : 'M'}${point.x},${point.y}${open || follows(points, i) ? '' : 'Z'}`;
      open = defined;
    }
    return text === '' ? null : text;
  };
  const follows = (points: readonly Point[], i: number): boolean =>
    i + 1 < points.length && isDefined(points[i + 1]!);
  const generator = Object.assign(path, {
    x: () => generator,
    y: () => generator,
    curve: () => generator,
    defined(test: (point: Point) => boolean) {
      isDefined = test;
      return generator;
    },
  });
  return generator;
}

export const area = absent('areas');
export const stack = absent('stacks');
export const symbol = absent('symbols');

// Only named, and never called.
const unused = (): void => {};

export {
  unused as curveBasis,
  unused as curveBasisClosed,
  unused as curveBasisOpen,
  unused as curveBumpX,
  unused as curveBumpY,
  unused as curveLinear,
  unused as curveLinearClosed,
  unused as curveMonotoneX,
  unused as curveMonotoneY,
  unused as curveNatural,
  unused as curveStep,
  unused as curveStepAfter,
  unused as curveStepBefore,
  unused as stackOffsetExpand,
  unused as stackOffsetNone,
  unused as stackOffsetSilhouette,
  unused as stackOffsetWiggle,
  unused as stackOrderNone,
  unused as symbolCircle,
  unused as symbolCross,
  unused as symbolDiamond,
  unused as symbolSquare,
  unused as symbolStar,
  unused as symbolTriangle,
  unused as symbolWye,
};
