import type { Floors } from '../../engine/data/floors.ts';
import type { DataOrigin, OwnData } from '../../engine/data/own-data.ts';
import type { DriverRequest, EngineChoice, EngineRequest, EngineStage } from '../../engine/engine-choice.ts';
import type { DistalWeight } from '../../engine/measure/distal.ts';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import type { Milestone, Summary } from '../../engine/measure/run-measure.ts';
import type { Settings } from '../../engine/model/config.ts';
import type { SettingValue } from '../../engine/model/settings.ts';
import type { Mode, StepRecords } from '../../engine/network.ts';
import type { Inspection, InspectionView } from './inspection-views.ts';

/** Files that a network can be taken home in. */
export type NetworkFile = 'safetensors' | 'onnx';

/** What the page asks of the worker that trains. Commands are carried out in order. */
export type Command =
  /**
   * Starts a new run from step 0; whatever ran before is dropped once the new network stands. If that was playing, the
   * new run plays on. Without data a run of the wave `data` has those of the run before.
   */
  | { kind: 'open'; settings: Settings; engine: EngineRequest; milestones: readonly number[]; data?: OwnData }
  /** How a GPU is to take the steps of runs started from now on. */
  | { kind: 'driver'; driver: DriverRequest }
  /** Trains to step `until`, or on and on; at most `speed` steps a second, null for as fast as it goes. */
  | { kind: 'play'; until: number | null; speed: number | null }
  | { kind: 'pause' }
  | { kind: 'step'; count: number }
  | { kind: 'set'; path: string; value: SettingValue }
  | { kind: 'mode'; mode: Partial<Mode> }
  | { kind: 'milestones'; steps: readonly number[] }
  /** Which column's details frames carry; null for none. */
  | { kind: 'pin'; column: number | null }
  /**
   * Asks for one frame; the next is asked for when this one has been drawn. `at`: of a step that is past, one of the last
   * 1,000 while training rests, or a milestone's.
   */
  | { kind: 'frame'; at?: number | null }
  /** Training rests, and earlier steps are about to be asked for: they are run again meanwhile. */
  | { kind: 'recall' }
  /** Runs one step, to be told in slow motion. */
  | { kind: 'closeUp' }
  /** Asks for a closer look; none for no views stops looking. `at`: of a past step, as with `frame`. */
  | { kind: 'inspect'; views: readonly InspectionView[]; at?: number | null }
  /** Asks for the network as it is now, as a weights file or as a model of one step. */
  | { kind: 'save'; as: NetworkFile }
  /** Whether anybody sees the page: one that is out of sight hears of the run once a second. */
  | { kind: 'seen'; seen: boolean }
  /** The page may be about to go: keeps the run in the browser as it is now. */
  | { kind: 'keep' }
  /** Replaces the run by one that the browser has kept, unless that cannot be had. */
  | { kind: 'resume'; id: string; engine: EngineRequest; milestones: readonly number[] }
  /** Takes a run that diverged back to its last good state, halves the learning rate and plays on as `play` does. */
  | { kind: 'goBack'; speed: number | null }
  /** Takes a run that had to leave the GPU back to it, as it is; `refused` where there is still none. */
  | { kind: 'useGpu'; engine: 'auto' | 'gpu' }
  /** Replaces the run by a weights file's, unless the file is refused. */
  | {
      kind: 'restore';
      file: Blob;
      fileName: string;
      engine: EngineRequest;
      milestones: readonly number[];
    };

/** What goes on inside the network at one step. */
export interface Frame {
  step: number;
  /** `activity.*`, `previous.*`, `state.*` and `pooler.*` tensors by name (`engine/model/tensors.ts`). */
  tensors: Map<string, Float32Array>;
  column: ColumnDetail | null;
}

/** All that happened in one step. */
export interface CloseUp {
  /** What goes on inside the network after it. */
  frame: Frame;
  /** What really came, [inputs]. */
  target: Float32Array;
  loss: number;
  /** Winners that burst. */
  bursting: number;
  /** The gradient of the loss at each unit's bias, by layer (`encoder.0`, `memory`); null where nothing is learned. */
  errors: Map<string, Float32Array> | null;
  changes: Change[] | null;
}

/** What a step changed in one learned tensor. */
export interface Change {
  name: string;
  /** Values that it has, and those that changed. */
  count: number;
  changed: number;
  /** The change of largest magnitude. */
  largest: number;
  /** Of each unit's row, the root of the sum of squared changes. */
  byUnit: Float32Array;
}

/** A pinned column, looked at closely. */
export interface ColumnDetail {
  column: number;
  /** What the column would score over a range of inputs, and whether it would win; null for several channels. */
  tuning: { input: Float32Array; score: Float32Array; wins: Uint8Array } | null;
  duty: number;
  mean: number;
  variance: number;
  /** For each of its cells, the weights of largest magnitude, strongest first. */
  distal: DistalWeight[][];
}

/** What the worker tells the page. */
export type Report =
  | { kind: 'stage'; stage: EngineStage }
  /** A network stands at `step`; all that was shown of an earlier one is out of date. */
  | {
      kind: 'opened';
      settings: Settings;
      /** Of data of one's own. */
      data: DataOrigin | null;
      choice: EngineChoice;
      step: number;
      floors: Floors;
      mode: Mode;
      restoredFrom: string | null;
    }
  /** At most 30 a second. */
  | {
      kind: 'progress';
      step: number;
      /** The last steps since the report before, at most 1,024. */
      tail: StepRecords | null;
      summary: Summary;
      stepsPerSecond: number;
      /** The whole run, at most twice a second. */
      history: { points: readonly HistoryPoint[]; width: number } | null;
    }
  | { kind: 'milestone'; milestone: Milestone }
  /**
   * What the network was like at a milestone can be asked for from now on. All steps up to it have been told; or are
   * told with it, of a run that passed it before it was gone on with.
   */
  | { kind: 'milestoneReached'; step: number; steps?: StepRecords | null }
  /** Training began, or ended: because it was asked to, `until` was reached, or the network diverged or failed. */
  | { kind: 'playing'; playing: boolean; until: number | null }
  /** Answers every `set` and `mode`, done or refused. */
  | { kind: 'changed'; settings: Settings; mode: Mode }
  /** The signal changed, and so did what a network without memory can reach. */
  | { kind: 'floors'; floors: Floors }
  /**
   * The loss is no longer a number, or its mean over 200 steps, `loss`, is beyond all reason (`divergence.ts`). The
   * network stands as it is, paused. `goBack` would take it to step `good`.
   */
  | { kind: 'diverged'; step: number; loss: number; good: number }
  /** The run is back at `step`, with half the learning rate; what came after is dropped. */
  | { kind: 'wentBack'; settings: Settings; choice: EngineChoice; step: number }
  /** Of a past step it may come twice, later with the pinned column's details; null when it cannot be had. */
  | { kind: 'frame'; frame: Frame | null; at: number | null }
  /** The last steps have been run again, and came out as the run did, to the last bit or within rounding. */
  | { kind: 'recalled'; exact: boolean }
  | { kind: 'closeUp'; closeUp: CloseUp }
  /** Answers every `inspect`; null when the network is lost or has gone. */
  | { kind: 'inspection'; inspection: Inspection | null }
  | { kind: 'saved'; as: NetworkFile; bytes: Uint8Array<ArrayBuffer>; step: number }
  /**
   * The run goes on in another network. lost: its GPU was; it is back at `step`, and what came after is lost. It is on the GPU
   * again, or `choice` names the problem. asked: it was taken back to the GPU, and goes on just where it was.
   */
  | { kind: 'moved'; choice: EngineChoice; step: number; why: 'lost' | 'asked' }
  /** The run is kept in the browser up to `step`, and known there by its id. */
  | { kind: 'stored'; id: string; step: number }
  /** The browser did not keep the run, for the error of this name. Sizes are in bytes; `usage`, null where it is not told, is of all that the page stores. */
  | {
      kind: 'notStored';
      name: string;
      message: string;
      needed: number;
      usage: number | null;
    }
  /** Something was not done; what ran before still runs, if anything did. */
  | {
      kind: 'refused';
      what: 'run' | 'setting' | 'file' | 'download' | 'stored run' | 'engine';
      name: string;
      message: string;
    };
