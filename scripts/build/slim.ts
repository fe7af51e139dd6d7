import { join } from 'node:path';
import type { Plugin } from 'vite';

/** What is imported, by whom, and the file in `slim/` that is taken instead: the part of it that this page uses. */
const parts = [
  { source: 'victory-vendor/d3-scale', importer: '/recharts/', file: 'd3-scale.ts' },
  { source: 'victory-vendor/d3-shape', importer: '/recharts/', file: 'd3-shape.ts' },
  { source: 'd3-interpolate', importer: '/d3-scale/', file: 'd3-interpolate.ts' },
  { source: 'react-remove-scroll', importer: '/@radix-ui/', file: 'react-remove-scroll.tsx' },
];

/** Leaves out of the built page what libraries bring and it never uses: about 9 kB. */
export function slim(): Plugin {
  return {
    name: 'slim',
    enforce: 'pre',
    apply: 'build',
    resolveId(source, importer) {
      const part = parts.find(p => p.source === source && importer?.includes(p.importer));
      return part ? join(import.meta.dirname, 'slim', part.file) : null;
    },
  };
}
