import { readFile } from 'node:fs/promises';

/** A module hook: `import source from './x.wgsl?raw'` gives the file's text, the same as under Vite. */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.wgsl?raw')) return nextLoad(url, context);
  const source = await readFile(new URL(url), 'utf8');
  return { format: 'module', source: `export default ${JSON.stringify(source)};`, shortCircuit: true };
}
