import type { Plugin } from 'vite';

/**
 * What the built page may do. It is one of its own files that every script, style and request comes from; the engine in
 * WebAssembly needs leave to compile. `style-src` has no `unsafe-inline`: React and Recharts set styles through the
 * object model, which no policy forbids, and nothing here writes style elements.
 */
const directives: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self' 'wasm-unsafe-eval'",
  'style-src': "'self'",
  'img-src': "'self' data: blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

export const contentSecurityPolicy = Object.entries(directives)
  .map(([name, value]) => `${name} ${value}`)
  .join('; ');

/** Writes the policy into the built page, so that it holds on any host. The page of `npm run dev` has Vite's own scripts. */
export function withContentSecurityPolicy(): Plugin {
  return {
    name: 'content-security-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
