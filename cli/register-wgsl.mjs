import { register } from 'node:module';

/** `node --import tsx --import ./cli/register-wgsl.mjs FILE`: lets Node import shaders as Vite does. */
register('./wgsl-loader.mjs', import.meta.url);
