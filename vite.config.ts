import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Takes comments and indentation out of built shaders: a seventh of their size is code. */
const bareShaders = (): Plugin => ({
  name: 'bare-shaders',
  apply: 'build',
  transform(code, id) {
    if (!id.endsWith('.wgsl?raw')) return;
    const source: string = JSON.parse(code.slice(code.indexOf('"'), code.lastIndexOf('"') + 1));
    const lines = source.split('\n').map(line => line.replace(/\/\/.*$/, '').trim());
    return `export default ${JSON.stringify(lines.filter(line => line !== '').join('\n'))}`;
  },
});

export default defineConfig({
  base: './',
  plugins: [react(), bareShaders()],
  worker: { format: 'es', plugins: () => [bareShaders()] },
  build: { target: 'es2023' },
});
