import { parseNetwork } from '../../engine/model/config.ts';
import { initialState } from '../../engine/model/initialise.ts';
import type { CreatePeer, Peer } from './peer.ts';

/** Loaded one at a time: libraries that start with the page would share its memory and its threads. */
const peers: Record<string, () => Promise<CreatePeer>> = {
  'tfjs-autograd-wasm': async () => (await import('./tfjs-autograd.ts')).tfjsAutograd('wasm', 1),
  'tfjs-autograd-wasm-threads': async () =>
    (await import('./tfjs-autograd.ts')).tfjsAutograd('wasm', navigator.hardwareConcurrency),
  'tfjs-autograd-webgl': async () => (await import('./tfjs-autograd.ts')).tfjsAutograd('webgl', 1),
  'tfjs-autograd-webgpu': async () => (await import('./tfjs-autograd.ts')).tfjsAutograd('webgpu', 1),
  'tfjs-by-hand-wasm': async () => (await import('./tfjs-by-hand.ts')).tfjsByHand('wasm', 1),
  'tfjs-by-hand-wasm-threads': async () =>
    (await import('./tfjs-by-hand.ts')).tfjsByHand('wasm', navigator.hardwareConcurrency),
  'tfjs-by-hand-webgl': async () => (await import('./tfjs-by-hand.ts')).tfjsByHand('webgl', 1),
  'tfjs-by-hand-webgpu': async () => (await import('./tfjs-by-hand.ts')).tfjsByHand('webgpu', 1),
  'tfjs-by-hand-wasm-scatter': async () =>
    (await import('./tfjs-by-hand.ts')).tfjsByHand('wasm', 1, 'scatter'),
  'jax-autograd-wasm': async () => (await import('./jax-autograd.ts')).jaxAutograd('wasm'),
  'jax-autograd-webgpu': async () => (await import('./jax-autograd.ts')).jaxAutograd('webgpu'),
};

let peer: Peer | undefined;

/** What the browser calls the thing that a backend computes on. */
async function adapterOf(backend: string): Promise<string> {
  if (backend.startsWith('webgpu')) {
    const info = (await navigator.gpu?.requestAdapter())?.info;
    return info?.description || info?.device || [info?.vendor, info?.architecture].filter(Boolean).join(' ');
  }
  if (!backend.startsWith('webgl')) return 'CPU';
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  return names ? String(context?.getParameter(names.UNMASKED_RENDERER_WEBGL)) : 'WebGL';
}

/** What the benchmark calls from outside, in the page of one peer. */
const bench = {
  async open(name: string, network: unknown, seed: number): Promise<{ backend: string; adapter: string }> {
    const config = parseNetwork(network);
    const create = await peers[name]!();
    peer = await create(config, initialState(config, seed));
    return { backend: peer.backend, adapter: await adapterOf(peer.backend) };
  },
  /** @returns seconds, from the first step's start to the last one's end */
  async run(rows: number[]): Promise<number> {
    const given = Float32Array.from(rows);
    const start = performance.now();
    await peer!.run(given);
    return (performance.now() - start) / 1000;
  },
  takeLosses: () => peer!.takeLosses(),
};

export type PeerPage = typeof bench;

Object.assign(globalThis, { bench });
