import { PbfWriter } from 'pbf';

/*
 * What an ONNX file is made of, as far as one is written here: the protocol buffers of onnx.proto (github.com/onnx/onnx),
 * with its field numbers.
 */

export type ElementType = 'float' | 'int64' | 'bool';

export interface OnnxValue {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly about?: string;
}

export interface OnnxTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}

export interface OnnxNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Whole numbers are all that the operators used here are told. */
  readonly attributes: Readonly<Record<string, number>>;
  readonly about?: string;
}

export interface OnnxGraph {
  readonly name: string;
  readonly about: string;
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  /** Types and shapes of all that lies between, for programs that show the graph. */
  readonly between: readonly OnnxValue[];
  readonly tensors: readonly OnnxTensor[];
  readonly nodes: readonly OnnxNode[];
}

/** Of 2024: newer ones have nothing that is used here, and fewer programs read them. */
const irVersion = 10;
const operatorSet = 21;

const elementTypes: Record<ElementType, number> = { float: 1, int64: 7, bool: 9 };
const integerAttribute = 2;

const bytesOf = ({ data }: OnnxTensor) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength);

/** Room for the tensors and much more text than there is: growing would copy all of it. */
const roomFor = ({ tensors }: OnnxGraph): number =>
  tensors.reduce((bytes, { data }) => bytes + data.byteLength, 1 << 16);

/** The file's bytes. Machines that run JavaScript are little-endian, as the format is. */
export function encodeModel(
  graph: OnnxGraph,
  metadata: Readonly<Record<string, string>>,
): Uint8Array<ArrayBuffer> {
  const file = new PbfWriter(new ArrayBuffer(roomFor(graph)));
  file.writeVarintField(1, irVersion);
  file.writeStringField(2, 'DeepHTM Playground');
  file.writeMessage(7, writeGraph, graph);
  file.writeMessage(
    8,
    (version: number, message) => {
      message.writeStringField(1, '');
      message.writeVarintField(2, version);
    },
    operatorSet,
  );
  for (const entry of Object.entries(metadata)) file.writeMessage(14, writeEntry, entry);
  return file.finish() as Uint8Array<ArrayBuffer>;
}

function writeEntry([key, value]: [string, string], message: PbfWriter): void {
  message.writeStringField(1, key);
  message.writeStringField(2, value);
}

function writeGraph(graph: OnnxGraph, message: PbfWriter): void {
  for (const node of graph.nodes) message.writeMessage(1, writeNode, node);
  message.writeStringField(2, graph.name);
  for (const tensor of graph.tensors) message.writeMessage(5, writeTensor, tensor);
  message.writeStringField(10, graph.about);
  for (const value of graph.inputs) message.writeMessage(11, writeValue, value);
  for (const value of graph.outputs) message.writeMessage(12, writeValue, value);
  for (const value of graph.between) message.writeMessage(13, writeValue, value);
}

/** A node is named as its first output is. */
function writeNode({ operator, inputs, outputs, attributes, about }: OnnxNode, message: PbfWriter): void {
  for (const name of inputs) message.writeStringField(1, name);
  for (const name of outputs) message.writeStringField(2, name);
  message.writeStringField(3, outputs[0]!);
  message.writeStringField(4, operator);
  for (const attribute of Object.entries(attributes)) message.writeMessage(5, writeAttribute, attribute);
  if (about) message.writeStringField(6, about);
}

function writeAttribute([name, value]: [string, number], message: PbfWriter): void {
  message.writeStringField(1, name);
  message.writeVarintField(3, value);
  message.writeVarintField(20, integerAttribute);
}

function writeTensor(tensor: OnnxTensor, message: PbfWriter): void {
  for (const size of tensor.shape) message.writeVarintField(1, size);
  message.writeVarintField(2, elementTypes[tensor.data instanceof Float32Array ? 'float' : 'int64']);
  message.writeStringField(8, tensor.name);
  message.writeBytesField(9, bytesOf(tensor));
}

function writeValue({ name, type, shape, about }: OnnxValue, message: PbfWriter): void {
  message.writeStringField(1, name);
  message.writeMessage(2, writeType, { type, shape });
  if (about) message.writeStringField(3, about);
}

function writeType(value: Pick<OnnxValue, 'type' | 'shape'>, message: PbfWriter): void {
  message.writeMessage(1, writeTensorType, value);
}

function writeTensorType({ type, shape }: Pick<OnnxValue, 'type' | 'shape'>, message: PbfWriter): void {
  message.writeVarintField(1, elementTypes[type]);
  message.writeMessage(2, writeShape, shape);
}

function writeShape(shape: readonly number[], message: PbfWriter): void {
  for (const size of shape) message.writeMessage(1, writeSize, size);
}

function writeSize(size: number, message: PbfWriter): void {
  message.writeVarintField(1, size);
}
