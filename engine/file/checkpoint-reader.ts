import * as v from 'valibot';
import { type DataOrigin, DataOriginSchema, type OwnData } from '../data/own-data.ts';
import { hasPeriod } from '../data/signal.ts';
import { SignalStream, StreamStateSchema } from '../data/stream.ts';
import { FileError } from '../errors.ts';
import { NetworkSchema, SettingsSchema, SignalSchema } from '../model/config.ts';
import { defaultPreset } from '../model/presets.ts';
import { savedTensors } from '../model/tensors.ts';
import type { Clock } from '../network.ts';
import { type Checkpoint, checkShapes, checkValues, DATA, FORMAT } from './checkpoint.ts';
import { decodeHeader, MAX_HEAD_BYTES, type SafetensorsHeader, tensorsOf } from './safetensors-reader.ts';

const wholeNumberRule = 'must be a whole number';
const wholeNumber = v.pipe(
  v.string(),
  v.regex(/^\d{1,16}$/, wholeNumberRule),
  v.toNumber(),
  v.safeInteger('is too large to be exact'),
);
const fractionRule = 'must be a number from 0 to 1';
const fraction = v.pipe(
  v.string(),
  v.nonEmpty(fractionRule),
  v.toNumber(fractionRule),
  v.minValue(0, fractionRule),
  v.maxValue(1, fractionRule),
);
const json = v.pipe(v.string(), v.parseJson(undefined, 'must be JSON'));

/**
 * The file's `__metadata__`. Only `config` must be there; for a file that another tool wrote, the rest stands for a
 * network that learned in each of its steps with its present settings, on the default signal from its start.
 */
const MetadataSchema = v.object({
  config: v.pipe(json, NetworkSchema),
  format: v.optional(v.literal(FORMAT, `must be "${FORMAT}", the one format that is read here`)),
  step: v.optional(wholeNumber, '0'),
  seed: v.optional(
    v.pipe(wholeNumber, v.maxValue(2 ** 32 - 1, 'must be below 2^32')),
    `${defaultPreset.settings.seed}`,
  ),
  signal: v.optional(v.pipe(json, SignalSchema), JSON.stringify(defaultPreset.settings.signal)),
  stream: v.optional(v.pipe(json, StreamStateSchema)),
  /** Steps that learned; by default all. */
  updates: v.optional(wholeNumber),
  /** Where `signal.data` came from. */
  data: v.optional(v.pipe(json, DataOriginSchema)),
  correction1: v.optional(fraction),
  correction2: v.optional(fraction),
});

/** Refuses what cannot be a person's own data. @param shape of its tensor */
function checkData(shape: readonly number[], origin: DataOrigin | undefined, inputs: number): void {
  const [rows = 0, columns] = shape;
  if (!origin || shape.length !== 2 || rows < 2 || columns !== inputs)
    throw new FileError(
      `The signal is a person's own data, but the file has no tensor "${DATA}" of ${inputs} columns with what is known of them. Choose a weights file that was saved here.`,
    );
  if (origin.columns.length !== inputs) throw noFiniteData(origin);
}

const noFiniteData = ({ columns }: DataOrigin): FileError =>
  new FileError(
    `Tensor "${DATA}" does not hold finite numbers in ${columns.length} columns. Choose another file.`,
  );

function parseMetadata(metadata: Readonly<Record<string, string>>): v.InferOutput<typeof MetadataSchema> {
  if (metadata.config === undefined)
    throw new FileError(
      'The file does not say what network it holds: its metadata has no `config`. Choose a weights file that was saved here.',
    );
  const result = v.safeParse(MetadataSchema, metadata, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new FileError(
    `The file's metadata cannot be used: ${v.getDotPath(issue)}: ${issue.message}. Choose a weights file that was saved here.`,
  );
}

type Head = v.InferOutput<typeof MetadataSchema> & { readonly header: SafetensorsHeader };

/** Reads and checks all that comes before a file's values. */
function readHead(bytes: Uint8Array, size: number): Head {
  const header = decodeHeader(bytes, size);
  const metadata = parseMetadata(header.metadata);
  const { config, signal, seed, stream } = metadata;
  const misfit = v.safeParse(SettingsSchema, { network: config, signal, seed }).issues?.[0];
  if (misfit)
    throw new FileError(
      `The file's metadata cannot be used: config.inputs ${misfit.message}. Choose a weights file that was saved here.`,
    );
  const shapes = new Map(header.entries.map(entry => [entry.name, entry]));
  if (signal.wave === 'data') {
    checkData(shapes.get(DATA)?.shape ?? [], metadata.data, config.inputs);
    shapes.delete(DATA);
  }
  checkShapes(config, shapes);
  if (stream && stream.current.length !== config.inputs)
    throw new FileError(
      `The file's metadata cannot be used: stream.current has ${stream.current.length} values for ${config.inputs} inputs. Choose a weights file that was saved here.`,
    );
  const source = hasPeriod(signal) || signal.wave === 'data' ? undefined : signal.wave;
  if (stream && stream.source?.wave !== source)
    throw new FileError(
      `The file's metadata cannot be used: stream.source is not that of the signal's wave, ${signal.wave}. Choose a weights file that was saved here.`,
    );
  return { ...metadata, header };
}

/** As many of a file's first bytes as `checkHead` needs. */
export const mostHeadBytes = MAX_HEAD_BYTES;

/**
 * Refuses a file that cannot be a weights file, without its values.
 * @param bytes its first, at least `mostHeadBytes` of its `size` or all
 * @throws FileError, the one that `decodeCheckpoint` throws
 */
export function checkHead(bytes: Uint8Array, size: number): void {
  readHead(bytes, size);
}

/**
 * Reads a weights file, checking all of it before anything is returned.
 * @throws FileError that names the field or tensor at fault
 */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const { header, config, signal, seed, step, ...found } = readHead(bytes, bytes.length);
  const tensors = tensorsOf(bytes, header);
  const own = tensors.get(DATA)?.data;
  tensors.delete(DATA);
  if (own && !own.every(Number.isFinite)) throw noFiniteData(found.data!);
  checkValues(tensors);
  const data: OwnData | undefined = own && { ...found.data!, values: own };
  const stream = found.stream ?? new SignalStream(signal, config.inputs, seed, undefined, data).state();
  const updates = found.updates ?? step;
  const clock: Clock = {
    step,
    updates,
    correction1: found.correction1 ?? 1 - config.beta1 ** updates,
    correction2: found.correction2 ?? 1 - config.beta2 ** updates,
  };
  return {
    settings: { network: config, signal, seed },
    state: {
      tensors: new Map(savedTensors(config).map(({ name }) => [name, tensors.get(name)!.data])),
      clock,
    },
    stream,
    ...(data && { data }),
  };
}
