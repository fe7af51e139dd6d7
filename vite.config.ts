import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { contentSecurityPolicy, withContentSecurityPolicy } from './scripts/build/content-security-policy.ts';
import { offline } from './scripts/build/offline.ts';
import { slim } from './scripts/build/slim.ts';

/** Takes comments and blanks out of built shaders: a seventh of their size is code. */
const bareShaders = (): Plugin => ({
  name: 'bare-shaders',
  apply: 'build',
  transform(code, id) {
    if (!id.endsWith('.wgsl?raw')) return;
    const source: string = JSON.parse(code.slice(code.indexOf('"'), code.lastIndexOf('"') + 1));
    const lines = source.split('\n').map(line => line.replace(/\/\/.*$/, '').trim());
    // Not around minus and angles, where a blank can tell two tokens apart.
    const bare = lines.join('\n').replace(/\s*([=+*(){},;:])\s*/g, '$1');
    return `export default ${JSON.stringify(bare)}`;
  },
});

export default defineConfig({
  base: './',
  plugins: [react(), bareShaders(), slim(), withContentSecurityPolicy(), offline()],
  // Workers take their policy from their own response: as a host should send it, so does the preview.
  preview: { headers: { 'Content-Security-Policy': contentSecurityPolicy } },
  worker: { format: 'es', plugins: () => [bareShaders()] },
  build: {
    target: 'es2023',
    // Which chunk needs which: `check-bundle` reads it.
    manifest: true,
    // Every browser that has WebGPU knows modulepreload.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      // What libraries make and this page never uses: parts of React and selectors of Recharts.
      treeshake: {
        propertyReadSideEffects: false,
        manualPureFunctions: ['forwardRef', 'memo', 'createContext', 'createSelector'],
      },
    },
  },
});
