import type { NetworkConfig } from '../model/config.ts';
import {
  type ActiveCells,
  type ActiveCellsSignal,
  cellsBackward,
  cellsDescend,
  cellsTerm,
} from './active-cells.ts';
import { Dense, type GradientTerm, type LearnedSignal } from './dense.ts';
import { type Building, type Layer, type Phase, unsigned } from './layer.ts';
import { type Region, vec4s } from './layout.ts';
import type { Winners } from './pooler.ts';
import { unitsView } from './tensor-views.ts';

/** What others need of the temporal memory. */
export interface MemorySignals {
  readonly id: string;
  readonly active: ActiveCellsSignal;
  readonly predictive: LearnedSignal;
  /** What each winner's cells predicted; 0 where it bursts. */
  readonly predicted: Region;
}

/** Gate, bursting and the cells' predictions. */
export function memoryLayer(
  building: Building,
  config: NetworkConfig,
  winners: Winners,
  active: ActiveCells,
  previous: ActiveCells,
): { layer: Layer; signals: MemorySignals; terms: readonly GradientTerm[] } {
  const { layout, lanes, updatesAll } = building;
  const { units, sparse } = layout;
  const cells = config.columns * config.cellsPerColumn;
  const unrolled = config.unroll === 1;
  const dense = new Dense(building, {
    name: 'memory',
    inputs: cells,
    outputs: cells,
    part: 'memory',
    terms: active.count,
  });
  const predictive = units.allocate(vec4s(cells));
  const previousPredictive = units.allocate(vec4s(cells));
  const previousDelta = units.allocate(vec4s(cells));
  const perCell = () => sparse.allocate(4 * vec4s(active.count));
  const predicted = sparse.allocate(config.winners);
  const gates = perCell();
  const deltaActive = perCell();
  const deltaPrevious = perCell();
  const id = 'cells';
  const fields = [
    config.winners,
    config.cellsPerColumn,
    ...[predictive, previousPredictive, previousDelta].map(region => region.offset),
    ...[predicted, gates, deltaActive, deltaPrevious].map(region => region.offset),
  ];
  const signals: MemorySignals = {
    id,
    active: { cells: active, gates, delta: deltaActive },
    predictive: { value: predictive, delta: dense.delta },
    predicted,
  };
  const winnerGroups = Math.ceil(config.winners / lanes);

  const forward = [
    dense.phase(
      'gate',
      `gate(${id}, ${winners.id}, ${active.id}, ${previous.id}, group, lane);`,
      winnerGroups,
      [winners.sorted, winners.ranked, winners.score, predictive, active.lists],
      [predicted, winners.activation, gates, active.lists, previous.lists],
    ),
    dense.phase(
      'predict',
      `predict(${dense.id}, ${id}, ${active.id}, group, lane);`,
      dense.forwardGroups,
      [active.region, dense.weight, dense.bias],
      [predictive, previousPredictive],
    ),
  ];

  const backward: Phase[] = [];
  const predictionsAreRead = config.readout === 'predictive';
  if (predictionsAreRead) backward.push(cellsBackward(dense, signals.active));
  backward.push(
    dense.phase(
      'gate_backward',
      `gate_backward(${id}, ${winners.id}, group, lane);`,
      winnerGroups,
      [deltaActive, gates, predicted, winners.activation],
      [winners.gradient, deltaPrevious],
    ),
  );
  if (unrolled)
    backward.push(
      dense.phase(
        'previous_delta',
        `spread_previous_delta(${dense.id}, ${id}, ${active.id}, ${unsigned(cells)}, group, lane);`,
        dense.outputGroups,
        [active.slots, deltaPrevious],
        [previousDelta],
      ),
    );

  const update: Phase[] = [];
  const deltas = [...dense.rate, dense.delta, previousDelta, active.region, previous.region];
  if (updatesAll) {
    const call = unrolled
      ? `memory_update(${dense.id}, ${id}, ${active.id}, ${previous.id}, group, lane);`
      : `cells_update(${dense.id}, ${active.id}, group, lane);`;
    update.push(dense.phase('update', call, dense.rowGroups, deltas, [dense.weight]));
  }
  if (dense.waits && predictionsAreRead) update.push(cellsDescend(dense, active));
  if (!updatesAll && unrolled) {
    const items = active.count * config.winners;
    const call = `unrolled_update(${dense.id}, ${id}, ${winners.id}, ${previous.id}, group, lane);`;
    const reads = [...deltas, winners.sorted];
    update.push(dense.phase('unrolled_update', call, Math.ceil(items / lanes), reads, [dense.weight]));
  }
  if (unrolled) {
    const call = `memory_bias_update(${dense.id}, ${id}, group, lane);`;
    update.push(dense.phase('bias_update', call, dense.outputGroups, deltas, [dense.bias]));
  } else update.push(dense.biasUpdate());

  const gradient = unrolled
    ? [
        dense.phase(
          'gradient',
          `write_memory_gradient(${dense.id}, ${id}, ${active.id}, ${previous.id}, group, lane);`,
          dense.rowGroups,
          [],
          [],
        ),
        dense.phase(
          'bias_gradient',
          `write_memory_bias_gradient(${dense.id}, ${id}, group, lane);`,
          dense.outputGroups,
          [],
          [],
        ),
      ]
    : [
        dense.phase(
          'gradient',
          `write_cells_gradient(${dense.id}, ${active.id}, group, lane);`,
          dense.rowGroups,
          [],
          [],
        ),
        dense.biasGradient(),
      ];

  const layer = {
    declarations: [
      dense.declaration,
      active.declaration,
      previous.declaration,
      `const ${id} = Memory(${fields.map(unsigned).join(', ')});`,
    ].join('\n'),
    forward,
    backward,
    update,
    gradient,
    tensors: [
      ...dense.tensors,
      unitsView('state.predictive', predictive, cells),
      unitsView('previous.predictive', previousPredictive, cells),
      active.view('state.active'),
      previous.view('previous.active'),
    ],
  };
  const terms = predictionsAreRead ? [cellsTerm(dense, active)] : [];
  return { layer, signals, terms };
}
