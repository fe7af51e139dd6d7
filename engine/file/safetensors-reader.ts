import * as v from 'valibot';
import { FileError } from '../errors.ts';
import {
  elements,
  METADATA,
  PREFIX_BYTES,
  type SafetensorsContent,
  shown,
  type Tensor,
} from './safetensors.ts';

/**
 * The reference implementation allows a hundred times as much. Here a header has some tens of names, and to check one of
 * many costs thirty times its size.
 */
const MAX_HEADER_BYTES = 1_000_000;
/** All that a header can take of a file's beginning. */
export const MAX_HEAD_BYTES = PREFIX_BYTES + MAX_HEADER_BYTES;
/** header { tensor { shape [ */
const MAX_HEADER_DEPTH = 3;

const AGAIN = 'Download it again, or choose another file.';
const RESAVE = 'The tool that wrote it has a defect; save the weights anew or choose another file.';

/**
 * Refuses what JSON.parse lets pass: a key given twice (it keeps the last), `__proto__`, and nesting deeper than a
 * header has (which costs a parser many times the file's size). Leaves other defects to the parser.
 * @throws FileError, or SyntaxError for text that cannot be JSON
 */
function checkKeys(text: string): void {
  const open: (Set<string> | null)[] = [];
  let lastString = '';
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '{' || character === '[') {
      if (open.length === MAX_HEADER_DEPTH)
        throw new FileError(`The file's header is nested deeper than a safetensors header can be. ${RESAVE}`);
      open.push(character === '{' ? new Set() : null);
    } else if (character === '}' || character === ']') {
      open.pop();
    } else if (character === '"') {
      const start = i;
      for (i++; i < text.length && text[i] !== '"'; i++) if (text[i] === '\\') i++;
      lastString = text.slice(start, i + 1);
    } else if (character === ':') {
      const key: string = JSON.parse(lastString);
      if (key === '__proto__') throw new FileError(`The file's header has a key "__proto__". ${RESAVE}`);
      const keys = open.at(-1);
      if (keys?.has(key)) throw new FileError(`The file's header names ${shown(key)} twice. ${RESAVE}`);
      keys?.add(key);
    }
  }
}

const sizeRule = 'must be a whole number, at least 0';
const Size = v.pipe(v.number(sizeRule), v.safeInteger(sizeRule), v.minValue(0, sizeRule));
const EntrySchema = v.object(
  {
    dtype: v.string('must be text'),
    shape: v.array(Size, 'must be a list of sizes'),
    data_offsets: v.pipe(v.array(Size, 'must be a list'), v.length(2, 'must be two numbers, begin and end')),
  },
  ({ received }) =>
    received === 'undefined' ? 'is missing' : 'must be an object with dtype, shape and data_offsets',
);

/** A tensor of a file; its bytes are counted from the first one after the header. */
interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/**
 * Bounds come from the bytes that are there; the header's claims are only ever compared with them.
 * @param bytes the file's first, at least `MAX_HEAD_BYTES` of its `size` or all
 */
function headerText(bytes: Uint8Array, size: number): { text: string; dataStart: number } {
  if (size < PREFIX_BYTES)
    throw new FileError(
      `The file has ${size} bytes, too few for a safetensors file. It is cut short or of another kind. ${AGAIN}`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const claimed = view.getBigUint64(0, true);
  if (claimed > BigInt(MAX_HEADER_BYTES))
    throw new FileError(
      `The file claims a header of ${claimed} bytes; at most ${MAX_HEADER_BYTES} are allowed. It is damaged or not a safetensors file. ${AGAIN}`,
    );
  const dataStart = PREFIX_BYTES + Number(claimed);
  if (dataStart > size)
    throw new FileError(
      `The file is cut short: its header needs ${dataStart} bytes and the file has ${size}. ${AGAIN}`,
    );
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(bytes.subarray(PREFIX_BYTES, dataStart)), dataStart };
  } catch {
    throw new FileError(
      `The file's header is not UTF-8 text. It is damaged or not a safetensors file. ${AGAIN}`,
    );
  }
}

function parseHeader(text: string): Record<string, unknown> {
  try {
    if (!text.startsWith('{')) throw new SyntaxError('does not start with {');
    checkKeys(text);
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof FileError) throw error;
    throw new FileError(`The file's header is not JSON. It is damaged or not a safetensors file. ${AGAIN}`);
  }
}

function parseMetadata(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new FileError(`The file's ${METADATA} is not an object. ${RESAVE}`);
  for (const [key, text] of Object.entries(value))
    if (typeof text !== 'string')
      throw new FileError(
        `The file's ${METADATA} holds something other than text at ${shown(key)}. ${RESAVE}`,
      );
  return value as Record<string, string>;
}

function parseEntry(name: string, value: unknown): Entry {
  const result = v.safeParse(EntrySchema, value, { abortEarly: true });
  if (!result.success) {
    const issue = result.issues[0];
    const field = v.getDotPath(issue);
    throw new FileError(`Tensor ${shown(name)}${field ? `: ${field}` : ''} ${issue.message}. ${RESAVE}`);
  }
  const { dtype, shape, data_offsets } = result.output;
  if (dtype !== 'F32')
    throw new FileError(
      `Tensor ${shown(name)} holds ${shown(dtype)} numbers; only "F32" is read here. Convert it to float32 and save it again.`,
    );
  return { name, shape, begin: data_offsets[0]!, end: data_offsets[1]! };
}

/** Checks that the tensors fill exactly `available` bytes, one after the other. */
function checkLayout(entries: readonly Entry[], available: number): void {
  let position = 0;
  for (const { name, shape, begin, end } of entries) {
    const tensor = `Tensor ${shown(name)}`;
    if (end < begin)
      throw new FileError(`${tensor} ends at byte ${end}, before it begins at ${begin}. ${RESAVE}`);
    if (begin < position)
      throw new FileError(
        `${tensor} begins at byte ${begin} and overlaps another that ends at ${position}. ${RESAVE}`,
      );
    if (begin > position)
      throw new FileError(
        `There is a hole of ${begin - position} bytes before tensor ${shown(name)}. ${RESAVE}`,
      );
    if (elements(shape) * 4 !== end - begin)
      throw new FileError(
        `${tensor} of shape [${shape.slice(0, 8)}${shape.length > 8 ? ', …' : ''}] needs ${elements(shape) * 4} bytes but its offsets span ${end - begin}. ${RESAVE}`,
      );
    position = end;
  }
  if (position > available)
    throw new FileError(
      `The file is cut short: its tensors need ${position} bytes and ${available} are there. ${AGAIN}`,
    );
  if (position < available)
    throw new FileError(
      `The file has ${available - position} bytes after its last tensor, which do not belong there. ${AGAIN}`,
    );
}

export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of their bytes. */
  readonly entries: readonly Entry[];
  readonly dataStart: number;
}

/**
 * Reads the header of a file of `size` bytes.
 * @param bytes its first, at least `MAX_HEAD_BYTES` or all
 * @throws FileError with what is wrong and what to do
 */
export function decodeHeader(bytes: Uint8Array, size: number): SafetensorsHeader {
  const { text, dataStart } = headerText(bytes, size);
  const { [METADATA]: metadata = {}, ...rest } = parseHeader(text);
  const entries = Object.entries(rest).map(([name, value]) => parseEntry(name, value));
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkLayout(entries, size - dataStart);
  return { entries, metadata: parseMetadata(metadata), dataStart };
}

/** The tensors of a whole file whose header is known. */
export function tensorsOf(
  bytes: Uint8Array,
  { entries, dataStart }: SafetensorsHeader,
): SafetensorsContent['tensors'] {
  const tensors = new Map<string, Tensor>();
  for (const { name, shape, begin, end } of entries) {
    const data = new Float32Array((end - begin) / 4);
    new Uint8Array(data.buffer).set(bytes.subarray(dataStart + begin, dataStart + end));
    tensors.set(name, { shape, data });
  }
  return tensors;
}

/**
 * Reads a whole file. Nothing is allocated by what the header claims before that is known to fit the bytes given.
 * @throws FileError with what is wrong and what to do
 */
export function decodeSafetensors(bytes: Uint8Array): SafetensorsContent {
  const header = decodeHeader(bytes, bytes.length);
  return { tensors: tensorsOf(bytes, header), metadata: { ...header.metadata } };
}
