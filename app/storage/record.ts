import * as v from 'valibot';
import type { DataOrigin } from '../../engine/data/own-data.ts';
import type { HistoryPoint } from '../../engine/measure/error-history.ts';
import type { Milestone, Summary } from '../../engine/measure/run-measure.ts';
import { type Settings, SettingsSchema } from '../../engine/model/config.ts';
import type { Mode } from '../../engine/network.ts';

/** Raised when records of before can no longer be read as they are. */
export const recordVersion = 1;

/** What is measured of a run, from its beginning. */
export interface Measured {
  history: { points: readonly HistoryPoint[]; width: number };
  milestones: readonly Milestone[];
  summary: Summary;
}

/** A run as it trains hands itself over to be kept. */
export interface RunToKeep extends Measured {
  id: string;
  /** For its first time; a person may give it another. */
  name: string;
  settings: Settings;
  /** Of data of one's own; null for a wave, and in records of before. */
  data: DataOrigin | null;
  mode: Mode;
  engine: 'gpu' | 'cpu';
  step: number;
  /** Whether it was still training. */
  training: boolean;
  /** Which page keeps it: another one that comes to write it finds that it is taken. */
  writer: string;
}

/** A run as it is kept, less its checkpoint. */
export interface RunRecord extends RunToKeep {
  version: typeof recordVersion;
  pinned: boolean;
  /** Steps done in its checkpoint; null when there is none. */
  checkpointStep: number | null;
  /** Size of its checkpoint. */
  bytes: number;
  /** Size of what is kept of its milestones. */
  momentBytes: number;
  /** Milliseconds since 1970, to be shown: clocks go back, so nothing is put in order by them. */
  created: number;
  updated: number;
  /** What orders runs by their making, and by when they were last kept: counted up through all runs. */
  made: number;
  kept: number;
}

/** A loss may be infinite, or no number. */
const anyNumber = v.union([v.number(), v.nan()]);
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Beyond it there are no dates. */
const time = v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15));
const text = v.pipe(v.string(), v.maxLength(200));

const SummarySchema = v.object({
  step: count,
  steps: count,
  rmse: anyNumber,
  persistence: anyNumber,
  ratio: v.nullable(anyNumber),
  columnsInUse: count,
  entropy: anyNumber,
  burstRate: anyNumber,
  accuracy: v.nullable(v.object({ ambiguous: v.nullable(anyNumber), predictable: v.nullable(anyNumber) })),
});

const MilestoneSchema = v.pipe(
  v.object({
    step: count,
    summary: SummarySchema,
    inputs: v.pipe(count, v.minValue(1)),
    target: v.instance(Float32Array),
    prediction: v.instance(Float32Array),
  }),
  v.check(
    ({ inputs, target, prediction }) => target.length === prediction.length && target.length % inputs === 0,
    'a milestone’s values do not fit its inputs',
  ),
);

/** Only told here; what is learned from comes with the checkpoint. */
const OriginSchema = v.object({
  name: text,
  columns: v.array(v.object({ name: text, mean: anyNumber, reach: anyNumber })),
});

const RecordSchema = v.object({
  version: v.literal(recordVersion),
  id: text,
  name: text,
  pinned: v.boolean(),
  settings: SettingsSchema,
  // Records of before have none.
  data: v.optional(v.nullable(OriginSchema), null),
  mode: v.object({ learning: v.boolean(), freeRun: v.boolean() }),
  engine: v.picklist(['gpu', 'cpu']),
  step: count,
  checkpointStep: v.nullable(count),
  bytes: count,
  // Nor this.
  momentBytes: v.optional(count, 0),
  training: v.boolean(),
  history: v.object({
    points: v.pipe(
      v.array(v.object({ step: count, loss: anyNumber, bursting: anyNumber, columns: anyNumber })),
      v.maxLength(1000),
    ),
    width: v.pipe(count, v.minValue(1)),
  }),
  milestones: v.array(MilestoneSchema),
  summary: SummarySchema,
  writer: text,
  created: time,
  updated: time,
  made: count,
  kept: count,
});

/** A record that is there and cannot be used. */
export interface Unreadable {
  id: string;
  reason: string;
}

/** @returns the record, or why it is none: it may be of another version, or damaged */
export function readRecord(id: string, stored: unknown): RunRecord | Unreadable {
  const version = v.safeParse(v.object({ version: v.number() }), stored);
  if (version.success && version.output.version !== recordVersion)
    return { id, reason: `was kept by another version of this page (${version.output.version})` };
  const result = v.safeParse(RecordSchema, stored, { abortEarly: true });
  if (result.success && result.output.id === id) return result.output;
  const issue = result.issues?.[0];
  return { id, reason: `is damaged (${issue ? (v.getDotPath(issue) ?? 'it') : 'its id'} cannot be read)` };
}

export const isReadable = (record: RunRecord | Unreadable): record is RunRecord => 'version' in record;
