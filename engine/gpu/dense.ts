import type { Part } from '../model/tensors.ts';
import {
  type Building,
  identifier,
  isLight,
  type Layer,
  type Phase,
  powerOfTwo,
  share,
  unsigned,
} from './layer.ts';
import { type Region, vec4s } from './layout.ts';
import { matrixView, rowsView, type TensorView, unitsView } from './tensor-views.ts';

/** What one layer hands to the next: its activations, and where dL/d(before its nonlinearity) goes, if anyone learns from it. */
export interface Signal {
  readonly value: Region;
  readonly delta: Region | undefined;
}

/** A signal of a layer that learns. */
export type LearnedSignal = Signal & { readonly delta: Region };

export interface DenseShape {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  /** Decides its rate. */
  readonly part: Part;
  /** How many inputs count at a time; all, unless they are sparse. */
  readonly terms?: number;
  /** Its weights are needed until all deltas are known. */
  readonly waits?: boolean;
  /** Forward in one workgroup, so that what follows can follow in the same dispatch. */
  readonly inOneGroup?: boolean;
}

/** Below this, to make a list of outputs takes longer than it saves. */
const fewestToList = 16;

/** How the shaders tell parts apart: by their rates. */
const rateOf: Record<Part, string> = {
  encoder: 'SLOW',
  pooler: 'SLOW',
  memory: 'MEMORY',
  decoder: 'DECODER',
};

/** One weight matrix with its bias: where it lies, and the phases that all layers with such a matrix are made of. */
export class Dense {
  readonly name: string;
  /** Its name in WGSL. */
  readonly id: string;
  readonly weight: Region;
  readonly bias: Region;
  readonly delta: Region;
  /** What its rate is read from. */
  readonly rate: readonly Region[];
  /** Its weights stay until all deltas are known. */
  readonly waits: boolean;
  /** How the names of its forward functions end: `_two` where a lane takes two blocks; see shaders/two-blocks.wgsl. */
  readonly forwardSuffix: '' | '_two';
  readonly forwardGroups: number;
  readonly backwardSlices: number;
  readonly declaration: string;
  readonly tensors: readonly TensorView[];
  readonly #inputs4: number;
  readonly outputs4: number;
  readonly #lanes: number;
  readonly #building: Building;

  constructor(building: Building, shape: DenseShape) {
    const { layout, lanes, parallelism, updatesAll, normalises } = building;
    const { name, inputs, outputs, part } = shape;
    const inputs4 = vec4s(inputs);
    const outputs4 = vec4s(outputs);
    this.name = name;
    this.id = identifier(name);
    this.weight = layout.weights.allocate(4 * inputs4 * outputs4);
    this.bias = layout.weights.allocate(outputs4);
    this.delta = layout.units.allocate(outputs4);
    const slow = rateOf[part] === 'SLOW';
    this.rate = slow ? [layout.clock] : [layout.clock, layout.stepScale];
    this.waits = shape.waits || (normalises && !slow);
    // The way back does not visit all rows of sparse inputs.
    const learnsBackward = !this.waits && !(updatesAll && shape.terms !== undefined);
    const terms4 = vec4s(shape.terms ?? inputs);
    const forwardSlices =
      shape.inOneGroup && parallelism > 1
        ? lanes / powerOfTwo(2 * outputs4 - 1, lanes)
        : slices(outputs4, terms4, lanes, parallelism);
    // Of sparse inputs there are too few for the lanes of a CPU, too.
    this.backwardSlices =
      parallelism === 1 && shape.terms !== undefined
        ? powerOfTwo(outputs4, sparseSlices(building))
        : slices(terms4, outputs4, lanes, parallelism);
    const takesTwo = parallelism === 1 && !shape.inOneGroup && outputs4 >= 2 * lanes;
    this.forwardSuffix = takesTwo ? '_two' : '';
    this.forwardGroups = Math.ceil((outputs4 * forwardSlices) / (takesTwo ? 2 * lanes : lanes));
    this.#inputs4 = inputs4;
    this.outputs4 = outputs4;
    this.#lanes = lanes;
    this.#building = building;
    const fields = [
      unsigned(inputs4),
      unsigned(outputs4),
      unsigned(this.weight.offset),
      unsigned(this.bias.offset),
      unsigned(this.delta.offset),
      unsigned(forwardSlices),
      unsigned(this.backwardSlices),
      rateOf[part],
      learnsBackward,
    ];
    this.declaration = `const ${this.id} = Dense(${fields.join(', ')});`;
    this.tensors = [
      // Sparse inputs come one by one.
      (shape.terms === undefined ? matrixView : rowsView)(`${name}.weight`, this.weight, outputs, inputs),
      unitsView(`${name}.bias`, this.bias, outputs),
    ];
  }

  /** Groups that share the rows of W by fours, `rows` of them. */
  backwardGroups(rows4 = this.#inputs4): number {
    return Math.ceil((rows4 * this.backwardSlices) / this.#lanes);
  }

  /** Groups that deal out blocks of four outputs as small items. */
  get outputGroups(): number {
    return Math.ceil(this.outputs4 / (share * this.#lanes));
  }

  /** vec4s of W. */
  get size(): number {
    return 4 * this.#inputs4 * this.outputs4;
  }

  /** Groups that take four rows of W each. */
  get rowGroups(): number {
    return this.#inputs4;
  }

  phase(
    part: string,
    call: string,
    groups: number,
    reads: readonly Region[],
    writes: readonly Region[],
    /** vec4s of weights that it goes over. */
    size = Number.POSITIVE_INFINITY,
  ): Phase {
    const light = isLight(this.#building, size);
    return { name: `${this.name}.${part}`, call, groups, light, reads, writes };
  }

  biasUpdate(): Phase {
    const call = `bias_update(${this.id}, group, lane);`;
    const reads = [...this.rate, this.delta];
    return this.phase('bias_update', call, this.outputGroups, reads, [this.bias], this.outputs4);
  }

  biasGradient(): Phase {
    const call = `write_bias_gradient(${this.id}, group, lane);`;
    return this.phase('bias_gradient', call, this.outputGroups, [this.delta], []);
  }
}

/** How many lanes of a CPU share sums of sparse inputs: those that need no workgroup memory for it, or else all. */
const sparseSlices = ({ lanes, subgroupLanes }: Building): number =>
  subgroupLanes > 1 ? Math.min(lanes, subgroupLanes) : lanes;

/** How many lanes share one block of four sums of `terms` blocks: enough to keep the GPU busy, each with some work. */
function slices(blocks: number, terms: number, lanes: number, parallelism: number): number {
  return powerOfTwo(Math.min(parallelism / blocks, terms / 2), lanes);
}

/** A layer's part in the size of the gradient; see shaders/normalised-step.wgsl. */
export interface GradientTerm {
  /** An expression in WGSL; may use `lane`. */
  readonly call: string;
  readonly reads: readonly Region[];
}

/** Whether to list the outputs with a gradient, for a CPU to leave the others out; see shaders/two-blocks.wgsl. */
const listsOutputs = ({ parallelism, updatesAll }: Building, shape: DenseShape, input: Signal): boolean =>
  parallelism === 1 && !updatesAll && input.delta !== undefined && shape.outputs >= fewestToList;

/** y = relu(W x + b), or without the relu, or added to a base: a layer of its own. */
export function denseLayer(
  building: Building,
  shape: DenseShape & { readonly activation: 'relu' | 'linear'; readonly base?: Region },
  input: Signal,
  activityName: string,
): { layer: Layer; output: LearnedSignal; term: GradientTerm } {
  const { units } = building.layout;
  const { base } = shape;
  const dense = new Dense(building, shape);
  const value = units.allocate(vec4s(shape.outputs));
  const x = unsigned(input.value.offset);
  const { id, weight, bias, delta } = dense;
  const forward = dense.phase(
    'forward',
    base
      ? `dense_change(${id}, ${x}, ${unsigned(base.offset)}, ${unsigned(value.offset)}, group, lane);`
      : `dense_${shape.activation}${dense.forwardSuffix}(${id}, ${x}, ${unsigned(value.offset)}, group, lane);`,
    dense.forwardGroups,
    [input.value, ...(base ? [base] : []), weight, bias],
    [value],
    dense.size,
  );
  const list = listsOutputs(building, shape, input)
    ? units.allocate(1 + Math.ceil(shape.outputs / 2))
    : undefined;
  const backward: Phase[] = [];
  if (!input.delta) {
    backward.push(
      dense.phase(
        'update',
        `dense_update(${id}, ${x}, group, lane);`,
        dense.outputGroups,
        [...dense.rate, input.value, delta],
        [weight],
        dense.size,
      ),
    );
  } else {
    const to = unsigned(input.delta.offset);
    if (list) {
      const call = `list_outputs(${id}, ${unsigned(list.offset)}, lane);`;
      backward.push(dense.phase('list', call, 1, [delta], [list]));
    }
    backward.push(
      dense.phase(
        'backward',
        list
          ? `listed_dense_backward(${id}, ${unsigned(list.offset)}, ${x}, ${to}, group, lane);`
          : `dense_backward(${id}, ${x}, ${to}, group, lane);`,
        list ? Math.ceil(dense.rowGroups / (2 * building.lanes)) : dense.backwardGroups(),
        [...dense.rate, input.value, list ?? delta],
        [weight, input.delta],
        dense.size,
      ),
    );
  }
  const gradient = dense.phase(
    'gradient',
    `write_dense_gradient(${id}, ${x}, group, lane);`,
    dense.rowGroups,
    [input.value, delta],
    [],
  );
  const update = [dense.biasUpdate()];
  if (dense.waits) {
    const call = list
      ? `listed_dense_descend(${id}, ${unsigned(list.offset)}, ${x}, group, lane);`
      : `dense_descend(${id}, ${x}, group, lane);`;
    const reads = [...dense.rate, input.value, list ?? delta];
    update.push(dense.phase('update', call, dense.backwardGroups(), reads, [weight], dense.size));
  }
  const layer = {
    declarations: dense.declaration,
    forward: [forward],
    backward,
    update,
    gradient: [gradient, dense.biasGradient()],
    tensors: [...dense.tensors, unitsView(activityName, value, shape.outputs)],
  };
  const term = { call: `dense_squared_gradient(${id}, ${x}, lane)`, reads: [input.value, delta] };
  return { layer, output: { value, delta }, term };
}
