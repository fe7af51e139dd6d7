import type { NetworkConfig } from '../model/config.ts';
import {
  type ActiveCellsSignal,
  type CellHistory,
  cellsBackward,
  cellsDescend,
  cellsTerm,
  visited,
} from './active-cells.ts';
import { Dense, type GradientTerm, type LearnedSignal } from './dense.ts';
import { type Building, type Layer, type Phase, powerOfTwo, unsigned } from './layer.ts';
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

/** Few weights learn from an earlier step, so that one workgroup is often enough, and steps can follow in a dispatch. */
const unrolledShare = 16;

/** Gate, bursting and the cells' predictions. */
export function memoryLayer(
  building: Building,
  config: NetworkConfig,
  winners: Winners,
  history: CellHistory,
): { layer: Layer; signals: MemorySignals; terms: readonly GradientTerm[] } {
  const { layout, lanes, parallelism, updatesAll } = building;
  const { units, sparse } = layout;
  const { unroll } = config;
  const { active, steps, listLength } = history;
  const present = steps[0]!;
  const cells = config.columns * config.cellsPerColumn;
  const dense = new Dense(building, {
    name: 'memory',
    inputs: cells,
    outputs: cells,
    part: 'memory',
    terms: active.count,
    waits: unroll > 1,
  });
  const predictive = units.allocate(vec4s(cells));
  const previousPredictive = units.allocate(vec4s(cells));
  const earlierDeltas = Array.from({ length: unroll }, () => units.allocate(vec4s(cells)));
  const predicted = sparse.allocate(config.winners);
  const deltaActive = sparse.allocate(listLength);
  const deltas = Array.from({ length: Math.max(1, unroll) }, () => sparse.allocate(listLength));
  const id = 'cells';
  const fields = [
    config.winners,
    config.cellsPerColumn,
    unroll,
    steps.length - 1,
    predictive.offset,
    previousPredictive.offset,
    earlierDeltas[0]?.offset ?? 0,
    ...[predicted, present.gates, present.factors, deltaActive, deltas[0]!].map(region => region.offset),
    listLength,
    parallelism > 1 ? powerOfTwo(lanes / active.count, lanes) : 1,
  ];
  const signals: MemorySignals = {
    id,
    active: { cells: active, gates: present.gates, delta: deltaActive },
    predictive: { value: predictive, delta: dense.delta },
    predicted,
  };
  const winnerGroups = Math.ceil(config.winners / lanes);

  const forward = [
    dense.phase(
      'gate',
      `gate(${id}, ${winners.id}, ${active.id}, group, lane);`,
      winnerGroups,
      [winners.sorted, winners.ranked, winners.score, predictive],
      [predicted, winners.activation, ...steps.flatMap(step => [step.lists, step.gates, step.factors])],
      active.count,
    ),
    dense.phase(
      'predict',
      `predict${dense.forwardSuffix}(${dense.id}, ${id}, ${active.id}, group, lane);`,
      dense.forwardGroups,
      [active.lists, dense.weight, dense.bias],
      [predictive, previousPredictive],
      visited(dense, active),
    ),
  ];

  const backward: Phase[] = [];
  const predictionsAreRead = config.readout === 'predictive';
  if (predictionsAreRead) backward.push(cellsBackward(dense, signals.active));
  backward.push(
    dense.phase(
      'gate_backward',
      `gate_backward(${id}, ${winners.id}, ${active.id}, group, lane);`,
      winnerGroups,
      [deltaActive, present.gates, present.factors],
      [winners.gradient, deltas[0]!],
      active.count,
    ),
  );
  for (let ago = 1; ago < unroll; ago++) {
    const { lists, gates, factors } = steps[ago]!;
    backward.push(
      dense.phase(
        `gate_backward.${ago}`,
        `gate_backward_earlier(${dense.id}, ${id}, ${active.id}, ${unsigned(ago)}, lane);`,
        1,
        [steps[ago - 1]!.lists, deltas[ago - 1]!, lists, gates, factors, dense.weight],
        [deltaActive, deltas[ago]!],
      ),
    );
  }

  const layOut = earlierDeltas.map((laidOut, ago) =>
    dense.phase(
      `deltas.${ago}`,
      `lay_out_deltas(${dense.id}, ${id}, ${active.id}, ${unsigned(ago)}, ${unsigned(cells)}, group, lane);`,
      dense.outputGroups,
      [steps[ago]!.slots, deltas[ago]!],
      [laidOut],
      dense.outputs4,
    ),
  );
  const update: Phase[] = [];
  if (updatesAll) {
    const call = `memory_update(${dense.id}, ${id}, ${active.id}, group, lane);`;
    const activations = steps.flatMap(step => [step.slots, step.lists]);
    const reads = [...dense.rate, dense.delta, ...earlierDeltas, ...activations];
    const biasCall = `memory_bias_update(${dense.id}, ${id}, group, lane);`;
    update.push(
      ...layOut,
      dense.phase('update', call, dense.rowGroups, reads, [dense.weight]),
      dense.phase('bias_update', biasCall, dense.outputGroups, reads, [dense.bias], dense.outputs4),
    );
  } else {
    update.push(dense.biasUpdate());
    if (dense.waits && predictionsAreRead) update.push(cellsDescend(dense, active));
    const items = (active.count + 1) * config.winners;
    const groups = Math.ceil(items / (unrolledShare * lanes));
    for (let ago = 0; ago < unroll; ago++) {
      const what = [dense.id, id, active.id, unsigned(ago), unsigned(unrolledShare)].join(', ');
      const reads = [...dense.rate, deltas[ago]!, steps[ago]!.lists, steps[ago + 1]!.lists];
      update.push(
        dense.phase(
          `unrolled_update.${ago}`,
          `unrolled_update(${what}, group, lane);`,
          groups,
          reads,
          [dense.weight, dense.bias],
          items * Math.ceil(1 + config.cellsPerColumn / 4),
        ),
      );
    }
  }

  const gradient = [
    ...layOut,
    dense.phase(
      'gradient',
      `write_memory_gradient(${dense.id}, ${id}, ${active.id}, group, lane);`,
      dense.rowGroups,
      [dense.delta, ...earlierDeltas],
      [],
    ),
    dense.phase(
      'bias_gradient',
      `write_memory_bias_gradient(${dense.id}, ${id}, group, lane);`,
      dense.outputGroups,
      [dense.delta, ...earlierDeltas],
      [],
    ),
  ];

  const layer = {
    declarations: [
      dense.declaration,
      active.declaration,
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
      ...history.tensors,
    ],
  };
  const terms = predictionsAreRead ? [cellsTerm(dense, active)] : [];
  return { layer, signals, terms };
}
