import type { NetworkConfig } from '../engine/model/config.ts';

/** What a row of the table is about. Rows of the same `size`, `readout`, `optimizer` and `preset` do the same work. */
export interface Subject {
  /** Of all rows, as `cpu/256x5/predictive/sgd`. */
  readonly id: string;
  /** As `CPU engine`, `native C`, `tfjs, autograd`. */
  readonly engine: string;
  /** How many networks learn side by side; their steps are added up. */
  readonly networks: number;
  readonly config: NetworkConfig;
  /** Where the settings are not those of plain descent. */
  readonly preset?: string;
}

/** Something that trains, ready to be measured. */
export interface Contestant {
  /** What the steps run on: "CPU", "SwiftShader", "NVIDIA H200", and what of a library's backends. */
  readonly adapter: string;
  /** A real GPU: its absolute times mean something elsewhere too. */
  readonly hardware: boolean;
  /** How steps become dispatches, or what a library calls its backend. */
  readonly driver: string | null;
  /** Bytes that a step has to move, and bytes a second that a copy of that many weights moves there. */
  readonly traffic?: { readonly bytesPerStep: number; readonly copyBytesPerSecond: number };
  /** Trains for `steps` more steps of every network. @returns seconds */
  run(steps: number): Promise<number>;
  /** What it learned, where that is to be shown. Called once, at the end. */
  learning?(): Promise<Learning>;
  close(): Promise<void>;
}

export interface Learning {
  /** Steps from the start. */
  readonly steps: number;
  /** Root mean square error of the last 50 of them, and that of the CPU engine at the same steps. */
  readonly rmse: number;
  readonly reference: number;
}

export interface Entry extends Subject {
  /** The entry of native C that does the same work, by its id. */
  readonly reference?: string;
  /** @throws Error that says why it cannot run here; its row then says so */
  open(): Promise<Contestant>;
}

/** `256x5`: columns times cells. */
export const sizeOf = ({ columns, cellsPerColumn }: NetworkConfig): string => `${columns}x${cellsPerColumn}`;
