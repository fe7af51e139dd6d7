import type { NetworkConfig } from '../model/config.ts';
import { Dense, type DenseShape, type GradientTerm, type LearnedSignal } from './dense.ts';
import { type Building, type Layer, type Phase, unsigned } from './layer.ts';
import { type Layout, type Region, vec4s } from './layout.ts';
import { activeCellsViews, type TensorView, unitsView } from './tensor-views.ts';

/**
 * The cells of the winning columns: a few, so they are lists. Those of earlier steps lie behind, `stride` apart. See
 * shaders/cells.wgsl.
 */
export interface ActiveCells {
  readonly id: string;
  readonly declaration: string;
  readonly slots: Region;
  /** Cells and their activations. */
  readonly lists: Region;
  readonly count: number;
}

/** What is known of the active cells of a step. */
export interface CellsOfStep {
  readonly slots: Region;
  /** Cells and their activations. */
  readonly lists: Region;
  readonly gates: Region;
  /** What the gates' gradients are multiplied by. */
  readonly factors: Region;
}

/** The active cells of the present step, and of as many before it as errors go back to, but at least one. */
export interface CellHistory {
  readonly active: ActiveCells;
  /** The present one, then the one before it, and so on. */
  readonly steps: readonly CellsOfStep[];
  /** From a step to the one before it. */
  readonly stride: number;
  readonly listLength: number;
  readonly tensors: readonly TensorView[];
}

export function cellHistory(layout: Layout, config: NetworkConfig): CellHistory {
  const { columns, winners, cellsPerColumn, unroll } = config;
  const count = winners * cellsPerColumn;
  const listLength = 4 * vec4s(count);
  const stride = columns + 4 * listLength;
  const regions = Array.from({ length: 1 + Math.max(1, unroll) }, () => layout.sparse.allocate(stride));
  const steps = regions.map(({ store, offset }): CellsOfStep => {
    const first = offset + columns;
    return {
      slots: { store, offset, size: columns },
      lists: { store, offset: first, size: 2 * listLength },
      gates: { store, offset: first + 2 * listLength, size: listLength },
      factors: { store, offset: first + 3 * listLength, size: listLength },
    };
  });
  const { slots, lists } = steps[0]!;
  const id = 'active_cells';
  const fields = [slots.offset, lists.offset, lists.offset + listLength, count, cellsPerColumn, stride];
  const shape = { columns, winners, cellsPerColumn, listLength };
  const tensors = regions.flatMap((region, ago) => activeCellsViews(savedNames(unroll, ago), region, shape));
  return {
    active: {
      id,
      declaration: `const ${id} = ActiveCells(${fields.map(unsigned).join(', ')});`,
      slots,
      lists,
      count,
    },
    steps,
    stride,
    listLength,
    tensors: [...tensors, ...activeCellsViews(['previous.active'], regions[1]!, shape)],
  };
}

/** The saved tensors of a step, in the order of its lists: those that the steps to come need. */
function savedNames(unroll: number, ago: number): string[] {
  const name = (kind: string) => `history.${ago}.${kind}`;
  return [
    ...(ago === 0 ? ['state.active'] : ago < unroll ? [name('active')] : []),
    ...(ago < unroll - 1 ? [name('gate'), name('factor')] : []),
  ];
}

/** What a layer that reads the active cells needs of the memory. */
export interface ActiveCellsSignal {
  readonly cells: ActiveCells;
  readonly gates: Region;
  /** dL/da, in the lists' order. */
  readonly delta: Region;
}

/** vec4s of the rows of active cells. */
export const visited = (dense: Dense, { count }: ActiveCells): number => count * dense.outputs4;

/** y = relu(W a + b) of active cells a: the backward half of such a layer, whose forward half may do more. */
export function cellsBackward(dense: Dense, input: ActiveCellsSignal): Phase {
  const { cells, gates, delta } = input;
  const call = `cells_backward(${dense.id}, ${cells.id}, ${unsigned(gates.offset)}, ${unsigned(delta.offset)}, group, lane);`;
  const groups = dense.backwardGroups(vec4s(cells.count));
  const reads = [...dense.rate, cells.lists, gates, dense.delta, dense.weight];
  return dense.phase('backward', call, groups, reads, [delta, dense.weight], visited(dense, cells));
}

/** Learns W where there is a gradient. */
export function cellsDescend(dense: Dense, cells: ActiveCells): Phase {
  const call = `cells_descend(${dense.id}, ${cells.id}, group, lane);`;
  const groups = dense.backwardGroups(vec4s(cells.count));
  const reads = [...dense.rate, cells.lists, dense.delta];
  return dense.phase('update', call, groups, reads, [dense.weight], visited(dense, cells));
}

export const cellsTerm = (dense: Dense, cells: ActiveCells): GradientTerm => ({
  call: `cells_squared_gradient(${dense.id}, ${cells.id}, lane)`,
  reads: [dense.delta, cells.lists],
});

/** The first layer of a decoder that reads the active cells. */
export function cellsLayer(
  building: Building,
  shape: DenseShape,
  input: ActiveCellsSignal,
  activityName: string,
): { layer: Layer; output: LearnedSignal; term: GradientTerm } {
  const { units } = building.layout;
  const { cells } = input;
  const dense = new Dense(building, { ...shape, terms: cells.count });
  const { id, weight, bias, delta } = dense;
  const value = units.allocate(vec4s(shape.outputs));
  const forward = dense.phase(
    'forward',
    `cells_relu${dense.forwardSuffix}(${id}, ${cells.id}, ${unsigned(value.offset)}, group, lane);`,
    dense.forwardGroups,
    [cells.lists, weight, bias],
    [value],
    visited(dense, cells),
  );
  const update = [dense.biasUpdate()];
  if (dense.waits) update.push(cellsDescend(dense, cells));
  if (building.updatesAll) {
    const call = `cells_update(${id}, ${cells.id}, group, lane);`;
    update.push(
      dense.phase(
        'update',
        call,
        dense.rowGroups,
        [...dense.rate, cells.slots, cells.lists, delta],
        [weight],
      ),
    );
  }
  const call = `write_cells_gradient(${id}, ${cells.id}, group, lane);`;
  const layer = {
    declarations: dense.declaration,
    forward: [forward],
    backward: [cellsBackward(dense, input)],
    update,
    gradient: [dense.phase('gradient', call, dense.rowGroups, [], []), dense.biasGradient()],
    tensors: [...dense.tensors, unitsView(activityName, value, shape.outputs)],
  };
  return { layer, output: { value, delta }, term: cellsTerm(dense, cells) };
}
