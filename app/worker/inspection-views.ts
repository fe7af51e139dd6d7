import type { UsePoint } from '../../engine/measure/column-use.ts';
import type { Direction } from '../../engine/measure/distal-map.ts';
import type { Histogram } from '../../engine/measure/histogram.ts';

/** The largest memories whose weights are read, in cells: again and again while it trains, or once it rests. */
export const mostCells = { training: 4096, resting: 8192 } as const;

/** What a closer look into the network is to show; one of a kind at a time. */
export type InspectionView =
  /** What every cell did at the last steps. While it is among the views asked for, steps are looked at one by one. */
  | { readonly kind: 'cells' }
  /**
   * The same of the last 1,000 steps before now, which are run again for it while training rests; asked for by itself
   * and answered as `cells`. Of a milestone, that of the steps before it.
   */
  | { readonly kind: 'past' }
  /** How evenly columns were used over the run. */
  | { readonly kind: 'use' }
  /** What every column is tuned to; of networks with one input. */
  | { readonly kind: 'tuning' }
  /** The memory's weights between a cell and all others. `resting`: nothing is held up, so larger tensors are read. */
  | {
      readonly kind: 'distal';
      readonly cell: number;
      readonly direction: Direction;
      readonly resting?: boolean;
    }
  /** How the values of every learned tensor are spread, or those of their gradients. */
  | { readonly kind: 'histograms'; readonly of: 'weights' | 'gradients'; readonly resting?: boolean };

/** What cells did at steps that follow one another. */
export interface CellStretch {
  /** Number of the first step, counted from 0. */
  readonly firstStep: number;
  readonly count: number;
  /** [count, inputs] */
  readonly input: Float32Array<ArrayBuffer>;
  /** Column indices by descending score, [count, winners]. */
  readonly winners: Uint32Array<ArrayBuffer>;
  /** What cells had predicted the step before: `previous.predictive`, [count, cells]. */
  readonly predicted: Float32Array<ArrayBuffer>;
  /** Activations of the winners' cells, [count, winners, cellsPerColumn]. */
  readonly active: Float32Array<ArrayBuffer>;
}

export interface TensorSpread {
  readonly name: string;
  readonly histogram: Histogram;
  /** Counts expected in the same bins at the run's start; null for gradients. */
  readonly initial: Float64Array | null;
}

export type InspectionAnswer =
  /** Steps that were not told of yet; or those that led to a milestone, none where they cannot be run again. */
  | { readonly kind: 'cells'; readonly stretches: readonly CellStretch[]; readonly milestone: number | null }
  | { readonly kind: 'use'; readonly points: readonly UsePoint[] }
  | {
      readonly kind: 'tuning';
      /** Values of the one channel; of symbols, their numbers. */
      readonly input: Float32Array;
      /** [columns, those] */
      readonly score: Float32Array;
      /** [columns, those] */
      readonly wins: Uint8Array;
    }
  | {
      readonly kind: 'distal';
      readonly cell: number;
      readonly direction: Direction;
      /** [cells] */
      readonly weights: Float32Array;
    }
  | {
      readonly kind: 'histograms';
      readonly of: 'weights' | 'gradients';
      /** Empty of the gradients at a milestone with which they were not kept: of a large network, or by an earlier version. */
      readonly tensors: readonly TensorSpread[];
      /** Names of tensors that are too large to be read. */
      readonly leftOut: readonly string[];
    };

/** A closer look at a network, at one of its steps. */
export interface Inspection {
  /** Tells networks apart: what was known of another is out of date. */
  readonly network: number;
  /** Steps done, of weights and gradients. */
  readonly step: number;
  readonly answers: readonly InspectionAnswer[];
  /** Milliseconds that the worker was busy with it, or waited for a GPU. */
  readonly took: number;
}

/** The memory behind the large parts of an inspection, to be handed to another thread rather than copied. */
export const inspectionBuffers = ({ answers }: Inspection): ArrayBuffer[] =>
  answers.flatMap(answer =>
    answer.kind === 'cells'
      ? answer.stretches.flatMap(s => [s.winners.buffer, s.predicted.buffer, s.active.buffer])
      : [],
  );
