import { type Checkpoint, encodeCheckpoint } from '../../engine/file/checkpoint.ts';
import type { NetworkFile } from './protocol.ts';

/** The network as a file's bytes. @throws FileError when it has diverged, or is too large for such a file */
export async function encodeNetwork(
  checkpoint: Checkpoint,
  as: NetworkFile,
): Promise<Uint8Array<ArrayBuffer>> {
  if (as === 'safetensors') return encodeCheckpoint(checkpoint);
  const { encodeOnnx } = await import('../../engine/file/onnx.ts');
  const { settings, state } = checkpoint;
  return encodeOnnx(settings.network, state, {
    signal: JSON.stringify(settings.signal),
    seed: String(settings.seed),
    step: String(state.clock.step),
  });
}
