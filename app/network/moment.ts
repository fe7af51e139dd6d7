import type { NetworkConfig } from '../../engine/model/config.ts';
import { dutyOf } from '../heatmap/duty.ts';
import { live } from '../state/live.ts';
import type { Frame } from '../worker/protocol.ts';
import { type Activity, activityOf } from './activity.ts';

const nothing: ReadonlyMap<string, Float32Array> = new Map();

/** The step that is being shown. */
export class NetworkMoment {
  #config: NetworkConfig | null = null;
  #adopted: Frame | null = null;
  frame: Frame | null = null;
  activity: Activity | null = null;
  tensors = nothing;
  /** What the next value really was, first channel; null while unknown. */
  actual: number | null = null;
  readonly duty = (column: number): number => dutyOf(live.steps, this.#config!.columns)[column]!;

  /** Takes in the newest frame, once the step's record has come as well: they travel apart. */
  update(config: NetworkConfig): this {
    const { frame, steps } = live;
    const complete = frame === null || steps.end >= frame.step;
    if ((frame !== this.#adopted && complete) || config !== this.#config) {
      this.#adopted = frame;
      this.#config = config;
      this.activity = activityOf(frame, config);
      this.frame = this.activity && frame;
      this.tensors = this.frame?.tensors ?? nothing;
      const last = (this.frame?.step ?? 0) - 1;
      this.actual = last >= steps.first && last < steps.end ? steps.target[steps.at(last)]! : null;
    }
    return this;
  }
}
