import * as wasm from '@tensorflow/tfjs-backend-wasm';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import type { NetworkConfig } from '../../engine/model/config.ts';
import { learnedTensors } from '../../engine/model/tensors.ts';
import type { NetworkState } from '../../engine/network.ts';
import { transposed } from './peer.ts';

export type TfjsBackend = 'wasm' | 'webgl' | 'webgpu';

/** Starts a backend. @throws Error when the browser has none */
export async function startBackend(backend: TfjsBackend, threads: number): Promise<string> {
  wasm.setWasmPaths(new URL('tfjs/', document.baseURI).href);
  // One thread has a build of its own, which does not pay for locks.
  if (threads > 1) wasm.setThreadsCount(threads);
  else tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs cannot start its ${backend} backend.`);
  await tf.ready();
  return backend === 'wasm' ? `wasm, ${threads} thread${threads > 1 ? 's' : ''}` : backend;
}

/** Weights as variables, `[in, out]`, and biases, `[out]`; by the names of weights files. */
export function variablesOf(config: NetworkConfig, state: NetworkState): Map<string, tf.Variable> {
  return new Map(
    learnedTensors(config).map(({ name, shape }) => {
      const values = state.tensors.get(name)!;
      const [outputs, inputs] = shape as [number, number?];
      const tensor =
        inputs === undefined
          ? tf.tensor1d(values)
          : tf.tensor2d(transposed(values, outputs, inputs), [inputs, outputs]);
      return [name, tf.variable(tensor, true, name)];
    }),
  );
}

/** Losses stay on the device until they are asked for. */
export class Losses {
  #kept: tf.Tensor[] = [];

  keep(loss: tf.Tensor): void {
    this.#kept.push(tf.keep(loss));
  }

  /** Resolves when the last step is done: all of a device's work is in order. */
  async done(): Promise<void> {
    await this.#kept.at(-1)?.data();
  }

  async take(): Promise<number[]> {
    const kept = this.#kept;
    this.#kept = [];
    const losses: number[] = [];
    for (const loss of kept) {
      losses.push((await loss.data())[0]!);
      loss.dispose();
    }
    return losses;
  }
}
