import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';

const worker = 'service-worker.js';

/** A name that holds a hash of the content never means another content. */
const isHashed = (path: string): boolean => /^assets\/.*-[\w-]{8}\.\w+$/.test(path);

/** The files that a page without a network needs: all of them, but what describes the build and the worker itself. */
function builtFiles(folder: string): { url: string; revision: string | null }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(path => path.split(sep).join('/'))
    .filter(path => statSync(join(folder, path)).isFile())
    .filter(path => path !== worker && !path.startsWith('.vite/') && !path.endsWith('.map'))
    .sort()
    .map(url => ({
      url,
      revision: isHashed(url)
        ? null
        : createHash('sha256')
            .update(readFileSync(join(folder, url)))
            .digest('hex')
            .slice(0, 16),
    }));
}

/** Builds `app/offline/service-worker.ts` after everything else, with the list of everything else. */
export function offline(): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'offline',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    closeBundle: {
      sequential: true,
      async handler() {
        const outDir = resolve(config.root, config.build.outDir);
        await build({
          configFile: false,
          root: config.root,
          publicDir: false,
          logLevel: 'warn',
          define: {
            BUILT_FILES: JSON.stringify(builtFiles(outDir)),
            'process.env.NODE_ENV': '"production"',
          },
          build: {
            outDir,
            emptyOutDir: false,
            target: config.build.target,
            rolldownOptions: {
              input: join(config.root, 'app/offline/service-worker.ts'),
              output: { format: 'iife', entryFileNames: worker },
            },
          },
        });
      },
    },
  };
}
