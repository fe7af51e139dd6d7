import type { ElementType, OnnxGraph, OnnxNode, OnnxTensor, OnnxValue } from './onnx-format.ts';

interface Details {
  attributes?: Record<string, number>;
  type?: ElementType;
  about?: string;
}

/** Puts a graph together from what goes in to what comes out; every value goes by its name. */
export class GraphBuilder {
  readonly #inputs: OnnxValue[] = [];
  readonly #values = new Map<string, OnnxValue>();
  readonly #tensors: OnnxTensor[] = [];
  readonly #nodes: OnnxNode[] = [];

  input(name: string, shape: readonly number[], about: string): string {
    this.#inputs.push({ name, type: 'float', shape, about });
    return name;
  }

  /** A tensor that the file holds. */
  tensor(name: string, shape: readonly number[], data: Float32Array | BigInt64Array): string {
    this.#tensors.push({ name, shape, data });
    return name;
  }

  number(name: string, value: number): string {
    return this.tensor(name, [], new Float32Array([value]));
  }

  /** Whole numbers: sizes, indices and axes. */
  integers(name: string, values: readonly number[]): string {
    return this.tensor(name, [values.length], BigInt64Array.from(values, BigInt));
  }

  /** One node with one output of the given name and shape. */
  node(
    name: string,
    operator: string,
    inputs: readonly string[],
    shape: readonly number[],
    details: Details = {},
  ): string {
    return this.nodes(operator, inputs, [{ name, type: details.type ?? 'float', shape }], details)[0]!;
  }

  nodes(
    operator: string,
    inputs: readonly string[],
    outputs: readonly OnnxValue[],
    { attributes = {}, about }: Omit<Details, 'type'> = {},
  ): string[] {
    const names = outputs.map(({ name }) => name);
    for (const value of outputs) this.#values.set(value.name, value);
    this.#nodes.push({ operator, inputs, outputs: names, attributes, ...(about && { about }) });
    return names;
  }

  /** @param outputs names of values, and what they are */
  graph(name: string, about: string, outputs: Readonly<Record<string, string>>): OnnxGraph {
    return {
      name,
      about,
      inputs: this.#inputs,
      outputs: Object.entries(outputs).map(([output, said]) => ({
        ...this.#values.get(output)!,
        about: said,
      })),
      between: [...this.#values.values()].filter(({ name }) => !(name in outputs)),
      tensors: this.#tensors,
      nodes: this.#nodes,
    };
  }
}
