import type { DriverRequest } from '../engine/engine-choice.ts';
import type { NetworkConfig } from '../engine/model/config.ts';

/** The engines; `cpu` is the CPU engine as it comes, `typescript` the one without WebAssembly. */
export type HostedEngine = 'cpu' | 'typescript' | 'gpu';

/** What a process that hosts an engine is asked, and what it answers. */
export type Order =
  | { kind: 'open'; engine: HostedEngine; driver: DriverRequest; config: NetworkConfig; networks: number }
  | { kind: 'run'; steps: number }
  | { kind: 'latency' };

export type Answer =
  | {
      kind: 'opened';
      adapter: string;
      hardware: boolean;
      driver: string | null;
      /** At the start of training, where units are as active as ever. */
      bytesPerStep: number | null;
      copyBytesPerSecond: number | null;
    }
  | { kind: 'ran'; seconds: number }
  /** In milliseconds: an empty dispatch until it is done, 4 bytes until they are here, and a step of the plain network. */
  | { kind: 'latency'; adapter: string; hardware: boolean; dispatch: number; readBack: number; step: number }
  | { kind: 'failed'; message: string };
