import type { NetworkConfig } from '../model/config.ts';
import { Dense, type DenseShape, type GradientTerm, type LearnedSignal } from './dense.ts';
import { type Building, type Layer, type Phase, unsigned } from './layer.ts';
import { type Layout, type Region, vec4s } from './layout.ts';
import { activeCellsView, type TensorView, unitsView } from './tensor-views.ts';

/** The cells of the winning columns: a few, so they are lists. See shaders/cells.wgsl. */
export interface ActiveCells {
  readonly id: string;
  readonly declaration: string;
  /** All of it; begins with the slots of the columns. */
  readonly region: Region;
  readonly slots: Region;
  /** Cells and their activations. */
  readonly lists: Region;
  readonly count: number;
  view(name: string): TensorView;
}

export function activeCells(layout: Layout, config: NetworkConfig, id: string): ActiveCells {
  const { columns, winners, cellsPerColumn } = config;
  const count = winners * cellsPerColumn;
  const listLength = 4 * vec4s(count);
  const region = layout.sparse.allocate(columns + 2 * listLength);
  const lists = { ...region, offset: region.offset + columns, size: 2 * listLength };
  const offsets = [region.offset, lists.offset, lists.offset + listLength, count, cellsPerColumn];
  return {
    id,
    declaration: `const ${id} = ActiveCells(${offsets.map(unsigned).join(', ')});`,
    region,
    slots: { ...region, size: columns },
    lists,
    count,
    view: name => activeCellsView(name, region, { columns, winners, cellsPerColumn, listLength }),
  };
}

/** What a layer that reads the active cells needs of the memory. */
export interface ActiveCellsSignal {
  readonly cells: ActiveCells;
  readonly gates: Region;
  /** dL/da, in the lists' order. */
  readonly delta: Region;
}

/** y = relu(W a + b) of active cells a: the backward half of such a layer, whose forward half may do more. */
export function cellsBackward(dense: Dense, input: ActiveCellsSignal): Phase {
  const { cells, gates, delta } = input;
  const call = `cells_backward(${dense.id}, ${cells.id}, ${unsigned(gates.offset)}, ${unsigned(delta.offset)}, group, lane);`;
  const groups = dense.backwardGroups(vec4s(cells.count));
  const reads = [...dense.rate, cells.region, gates, dense.delta, dense.weight];
  return dense.phase('backward', call, groups, reads, [delta, dense.weight]);
}

/** Learns W where there is a gradient. */
export function cellsDescend(dense: Dense, cells: ActiveCells): Phase {
  const call = `cells_descend(${dense.id}, ${cells.id}, group, lane);`;
  const groups = dense.backwardGroups(vec4s(cells.count));
  return dense.phase('update', call, groups, [...dense.rate, cells.region, dense.delta], [dense.weight]);
}

export const cellsTerm = (dense: Dense, cells: ActiveCells): GradientTerm => ({
  call: `cells_squared_gradient(${dense.id}, ${cells.id}, lane)`,
  reads: [dense.delta, cells.region],
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
    `cells_relu(${id}, ${cells.id}, ${unsigned(value.offset)}, group, lane);`,
    dense.forwardGroups,
    [cells.region, weight, bias],
    [value],
  );
  const update = [dense.biasUpdate()];
  if (dense.waits) update.push(cellsDescend(dense, cells));
  if (building.updatesAll) {
    const call = `cells_update(${id}, ${cells.id}, group, lane);`;
    update.push(dense.phase('update', call, dense.rowGroups, [...dense.rate, cells.region, delta], [weight]));
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
