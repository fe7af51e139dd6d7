import { FileError } from '../errors.ts';
import { type Region, vec4s } from './layout.ts';

/** How a tensor, as the contract names and shapes it, lies in a region of a buffer. */
export interface TensorView {
  readonly name: string;
  readonly region: Region;
  /** Values outside. */
  readonly length: number;
  /** From the region's values to the tensor's. */
  decode(stored: Float32Array): Float32Array;
  /**
   * Back again; missing where a tensor can only be read. `tensors` are all that are written with it, because some lie in places that others decide.
   * @throws FileError for values that no network can have
   */
  encode?(values: Float32Array, tensors?: ReadonlyMap<string, Float32Array>): Float32Array<ArrayBuffer>;
}

/** A tensor that lies as it is, padding aside. */
export function vectorView(name: string, region: Region, length: number, storedLength = length): TensorView {
  return {
    name,
    region,
    length,
    decode: stored => stored.slice(0, length),
    encode(values) {
      const stored = new Float32Array(storedLength);
      stored.set(values);
      return stored;
    },
  };
}

export const unitsView = (name: string, region: Region, length: number): TensorView =>
  vectorView(name, region, length, 4 * vec4s(length));

/** Where the weight from an input to an output lies, in values. */
type Place = (output: number, input: number) => number;

function weightsView(
  name: string,
  region: Region,
  outputs: number,
  inputs: number,
  place: Place,
): TensorView {
  return {
    name,
    region,
    length: outputs * inputs,
    decode(stored) {
      const values = new Float32Array(outputs * inputs);
      for (let i = 0; i < inputs; i++)
        for (let o = 0; o < outputs; o++) values[o * inputs + i] = stored[place(o, i)]!;
      return values;
    },
    encode(values) {
      const stored = new Float32Array(16 * vec4s(inputs) * vec4s(outputs));
      for (let i = 0; i < inputs; i++)
        for (let o = 0; o < outputs; o++) stored[place(o, i)] = values[o * inputs + i]!;
      return stored;
    },
  };
}

/** [out, in] outside, [in][out] inside, both sides padded to whole vec4s: for layers of which single inputs are needed. */
export function rowsView(name: string, region: Region, outputs: number, inputs: number): TensorView {
  const stride = 4 * vec4s(outputs);
  return weightsView(name, region, outputs, inputs, (o, i) => i * stride + o);
}

/** [out, in] outside, [in / 4][out % 4][out / 4][in % 4] inside: see shaders/dense.wgsl. */
export function matrixView(name: string, region: Region, outputs: number, inputs: number): TensorView {
  const stride = vec4s(outputs);
  const place: Place = (o, i) => 4 * (((i & ~3) + (o & 3)) * stride + (o >> 2)) + (i & 3);
  return weightsView(name, region, outputs, inputs, place);
}

/** A region that holds `slots` [columns], then lists of `listLength`: cells, their activations, and what else is known of them. */
export interface ActiveCellsShape {
  readonly columns: number;
  readonly winners: number;
  readonly cellsPerColumn: number;
  readonly listLength: number;
}

/** Tensors over all cells, from the short lists of those that are active: by the names given, those behind the cells'. */
export function activeCellsViews(
  names: readonly string[],
  region: Region,
  shape: ActiveCellsShape,
): TensorView[] {
  const { columns, cellsPerColumn, winners, listLength } = shape;
  return names.map((name, i) => ({
    name,
    region,
    length: columns * cellsPerColumn,
    decode(stored) {
      const values = new Float32Array(columns * cellsPerColumn);
      const list = columns + (i + 1) * listLength;
      for (let at = 0; at < winners * cellsPerColumn; at++)
        values[stored[columns + at]!] = stored[list + at]!;
      return values;
    },
    // The lists go by the same cells, so they are written together.
    encode: (values, tensors = new Map([[name, values]])) =>
      encodeActiveCells(
        name,
        names.map(other => tensors.get(other)!),
        shape,
      ),
  }));
}

function encodeActiveCells(
  name: string,
  tensors: readonly Float32Array[],
  shape: ActiveCellsShape,
): Float32Array<ArrayBuffer> {
  const { columns, cellsPerColumn, listLength } = shape;
  const stored = new Float32Array(columns + (1 + tensors.length) * listLength);
  stored.fill(-1, 0, columns);
  chosenColumns(name, tensors, shape).forEach((column, slot) => {
    stored[column] = slot;
    for (let m = 0; m < cellsPerColumn; m++) {
      const at = columns + slot * cellsPerColumn + m;
      const cell = column * cellsPerColumn + m;
      stored[at] = cell;
      tensors.forEach((values, i) => {
        stored[at + (i + 1) * listLength] = values[cell]!;
      });
    }
  });
  return stored;
}

/** The columns with active cells, ascending; where they are too few, others fill the list, with activation 0. */
function chosenColumns(name: string, tensors: readonly Float32Array[], shape: ActiveCellsShape): number[] {
  const { columns, winners, cellsPerColumn } = shape;
  const active: number[] = [];
  const idle: number[] = [];
  for (let column = 0; column < columns; column++) {
    const isActive = tensors.some(values =>
      values.subarray(column * cellsPerColumn, (column + 1) * cellsPerColumn).some(value => value !== 0),
    );
    (isActive ? active : idle).push(column);
  }
  if (active.length > winners)
    throw new FileError(
      `${name} has active cells in ${active.length} columns, but only ${winners} can win. Use a file of this network.`,
    );
  return [...active, ...idle.slice(0, winners - active.length)].sort((a, b) => a - b);
}

/** [columns], from the winners' indices and then their activations. */
export function winnersView(name: string, region: Region, columns: number): TensorView {
  return {
    name,
    region,
    length: columns,
    decode(stored) {
      const values = new Float32Array(columns);
      const winners = stored.length / 2;
      for (let slot = 0; slot < winners; slot++) values[stored[slot]!] = stored[winners + slot]!;
      return values;
    },
  };
}
