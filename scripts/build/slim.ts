import { join } from 'node:path';
import type { Plugin } from 'vite';

/** What is imported, by whom, and the file in `slim/` that is taken instead: the part of it that this page uses. */
const parts = [
  { source: 'victory-vendor/d3-scale', importer: '/recharts/', file: 'd3-scale.ts' },
  { source: 'victory-vendor/d3-shape', importer: '/recharts/', file: 'd3-shape.ts' },
  { source: 'd3-format', importer: '/d3-scale/', file: 'd3-format.ts' },
  { source: 'd3-interpolate', importer: '/d3-scale/', file: 'd3-interpolate.ts' },
  { source: './getNiceTickValues', importer: '/recharts/', file: 'recharts-ticks.ts' },
  { source: './util/scale/getNiceTickValues', importer: '/recharts/', file: 'recharts-ticks.ts' },
  { source: '../shape/Cross', importer: '/recharts/es6/component/Cursor', file: 'recharts-cursors.ts' },
  { source: '../shape/Rectangle', importer: '/recharts/es6/component/Cursor', file: 'recharts-cursors.ts' },
  { source: '../shape/Sector', importer: '/recharts/es6/component/Cursor', file: 'recharts-cursors.ts' },
  {
    source: '../synchronisation/useChartSynchronisation',
    importer: '/recharts/',
    file: 'recharts-synchronisation.ts',
  },
  { source: 'aria-hidden', importer: '/@radix-ui/', file: 'aria-hidden.ts' },
  { source: 'react-remove-scroll', importer: '/@radix-ui/', file: 'react-remove-scroll.tsx' },
];

/** Each stands in a line of its own, the same in every file; those after the first five are only called by them. */
const helper =
  /^function (_extends|_objectSpread|_defineProperty|_objectWithoutProperties|_slicedToArray|ownKeys|_toPropertyKey|_toPrimitive|_objectWithoutPropertiesLoose|_nonIterableRest|_unsupportedIterableToArray|_arrayLikeToArray|_iterableToArrayLimit|_arrayWithHoles)\(.*\}$/gm;
const replaced = new Set([
  '_extends',
  '_objectSpread',
  '_defineProperty',
  '_objectWithoutProperties',
  '_slicedToArray',
]);

/** Leaves out of the built page what libraries bring and it never uses, and what they bring again in every file. */
export function slim(): Plugin {
  const folder = join(import.meta.dirname, 'slim');
  return {
    name: 'slim',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, importer) {
      const part = parts.find(p => p.source === source && importer?.includes(p.importer));
      return part ? join(folder, part.file) : null;
    },
    transform(code, id) {
      if (!id.includes('/recharts/es6/')) return null;
      const found = [...code.matchAll(helper)].map(match => match[1]!).filter(name => replaced.has(name));
      if (found.length === 0) return null;
      const from = JSON.stringify(join(folder, 'babel-helpers.ts'));
      return { code: `import { ${found.join(', ')} } from ${from};${code.replace(helper, '')}`, map: null };
    },
  };
}
