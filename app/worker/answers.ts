import { type Inspection, type InspectionView, inspectionBuffers } from './inspection-views.ts';
import { encodeNetwork } from './network-file.ts';
import { frameBuffers } from './observation.ts';
import type { Playback } from './playback.ts';
import type { Post } from './progress.ts';
import type { Frame, NetworkFile } from './protocol.ts';
import { refusal } from './refusal.ts';

/** Answers what the page asks of the run that stands. The commands after a question do not wait for its answer, but for a file. */
export class Answers {
  readonly #post: Post;
  readonly #playback: Playback;
  #pinned: number | null = null;

  constructor(post: Post, playback: Playback) {
    this.#post = post;
    this.#playback = playback;
  }

  /** The column whose details frames carry. */
  get pinned(): number | null {
    return this.#pinned;
  }

  pin(column: number | null): void {
    this.#pinned = column;
  }

  /** @param at a step that is past; null for now */
  frame(at: number | null): void {
    const pinned = this.#pinned;
    const { run, play } = this.#playback;
    const answer = (read: Frame | null) => {
      // A network that is lost or has gone meanwhile has no frame.
      const frame = run === this.#playback.run ? read : null;
      this.#post({ kind: 'frame', frame, at }, frame ? frameBuffers(frame) : []);
    };
    const failed = () => answer(null);
    if (!run) failed();
    else if (at === null) run.observation.frame(pinned, play !== null).then(answer, failed);
    else if (run.moments.has(at)) run.moments.frame(at, pinned).then(answer, failed);
    else run.recollection.frame(at, pinned, answer).catch(failed);
  }

  recall(): void {
    const tell = async () => {
      const reenactment = await this.#playback.run?.recollection.recall();
      await reenactment?.done;
      const exact = reenactment?.exact ?? null;
      if (exact !== null) this.#post({ kind: 'recalled', exact });
    };
    // Of a failure, who asks for a frame hears that there is none.
    tell().catch(() => {});
  }

  /** @param at a step that is past, of which weights are shown; null for now */
  inspect(views: readonly InspectionView[], at: number | null): void {
    const { run } = this.#playback;
    const answer = (read: Inspection | null) => {
      const inspection = run === this.#playback.run ? read : null;
      this.#post({ kind: 'inspection', inspection }, inspection ? inspectionBuffers(inspection) : []);
    };
    if (run) run.inspect(views, at).then(answer, () => answer(null));
    else answer(null);
  }

  /** @throws what `Trainer.checkpoint` throws */
  async save(as: NetworkFile): Promise<void> {
    const { run } = this.#playback;
    if (!run) return;
    const checkpoint = await run.trainer.checkpoint();
    try {
      const bytes = await encodeNetwork(checkpoint, as);
      this.#post({ kind: 'saved', as, bytes, step: checkpoint.state.clock.step }, [bytes.buffer]);
    } catch (error) {
      this.#post(refusal('download', error));
    }
  }
}
