import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus, xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** Gaussian numbers from xoroshiro128+ by the Box-Muller transform; its state is a few integers, so it can be saved. */
export interface GaussianGenerator {
  /** Standard normal, float64. */
  next(): number;
  /** Plain integers that `gaussianFromState` takes back. */
  state(): number[];
}

function gaussian(source: ReturnType<typeof xoroshiro128plus>): GaussianGenerator {
  return {
    // The sine half of each pair is dropped: then the source's state is all there is to save.
    next() {
      const radius = Math.sqrt(-2 * Math.log(1 - uniformFloat64(source)));
      return radius * Math.cos(2 * Math.PI * uniformFloat64(source));
    },
    state: () => [...source.getState()],
  };
}

/** FNV-1a over the purpose, mixed with the seed: each tensor and the noise draw from streams of their own. */
function mix(seed: number, purpose: string): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < purpose.length; i++) hash = Math.imul(hash ^ purpose.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

export const gaussianGenerator = (seed: number, purpose: string): GaussianGenerator =>
  gaussian(xoroshiro128plus(mix(seed, purpose)));

export const gaussianFromState = (state: readonly number[]): GaussianGenerator =>
  gaussian(xoroshiro128plusFromState(state));
