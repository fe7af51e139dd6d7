import { type Checkpoint, encodeCheckpoint } from '../../engine/file/checkpoint.ts';
import type { Settings } from '../../engine/model/config.ts';
import { savedBytes } from '../../engine/model/room.ts';
import type { Moment } from './milestone-moments.ts';

/** Larger checkpoints are not kept: writing one would hold training up for a second or more. */
const mostCheckpointBytes = 200e6;
/** Of larger states, which a run may have as many of as milestones, only what a frame shows is kept. */
const mostMomentBytes = 30e6;

/** Whether a run of these settings has checkpoints small enough to be kept. */
export const mayBeKept = ({ network }: Settings): boolean => savedBytes(network) <= mostCheckpointBytes;

/** A weights file; null for a network that holds what no file may. */
export function encoded(checkpoint: Checkpoint): Uint8Array<ArrayBuffer> | null {
  try {
    return encodeCheckpoint(checkpoint);
  } catch {
    return null;
  }
}

/** The state at a milestone as a weights file; null where there is none, or it is too large to be kept several times. */
export function momentBytes({ checkpoint }: Moment): Uint8Array<ArrayBuffer> | null {
  const bytes = checkpoint instanceof Uint8Array ? checkpoint : checkpoint && encoded(checkpoint);
  return bytes && bytes.byteLength <= mostMomentBytes ? bytes : null;
}
