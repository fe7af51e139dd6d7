import type { NetworkConfig } from '../model/config.ts';
import type { CellHistory } from './active-cells.ts';
import { Dense, type LearnedSignal } from './dense.ts';
import { type Building, isLight, type Layer, type Phase, share, unsigned } from './layer.ts';
import { type Region, vec4s } from './layout.ts';
import { unitsView, vectorView, winnersView } from './tensor-views.ts';

/** Up to here, counting for each column those before it is cheaper than selecting by digits. */
const mostColumnsToCount = 256;

/** Up to here, and so many columns, a CPU that plays the GPU picks the winners one by one; so does a subgroup, which has no need of barriers. */
const mostRanksToPick = 32;

/** What other layers need to know of the winners; see `Pooler` in shaders/pooler.wgsl. */
export interface Winners {
  readonly id: string;
  readonly score: Region;
  readonly ranked: Region;
  readonly sorted: Region;
  /** Of `sorted`; the temporal memory's gate works it out. */
  readonly activation: Region;
  /** [columns] */
  readonly slots: Region;
  readonly gradient: Region;
}

/** Columns compete: overlap, homeostasis, winners, duty cycles. The slots of this step and of those before lie with the active cells. */
export function poolerLayer(
  building: Building,
  config: NetworkConfig,
  input: LearnedSignal & { readonly size: number },
  { steps, stride }: CellHistory,
): { layer: Layer; winners: Winners } {
  const { columns, winners: winnerCount, homeostasis, winnerActivation } = config;
  const { clock, units, sparse } = building.layout;
  const dense = new Dense(building, { name: 'pooler', inputs: input.size, outputs: columns, part: 'pooler' });
  const perColumn = () => units.allocate(vec4s(columns));
  const overlap = perColumn();
  const score = perColumn();
  const preference = perColumn();
  const mean = perColumn();
  const variance = perColumn();
  const ranks = winnerActivation === 'thresholded' ? winnerCount + 1 : winnerCount;
  const duty = sparse.allocate(columns);
  const ranked = sparse.allocate(ranks);
  const active = sparse.allocate(2 * winnerCount);
  const sorted = { ...active, size: winnerCount };
  const activation = { ...sorted, offset: active.offset + winnerCount };
  const gradient = sparse.allocate(winnerCount);
  const [slots, ...earlierSlots] = steps.map(step => step.slots) as [Region, ...Region[]];
  const id = 'columns';
  const winners = { id, score, ranked, sorted, activation, slots, gradient };
  const fields = [
    unsigned(columns),
    unsigned(winnerCount),
    unsigned(ranks),
    homeostasis === 'normalise',
    homeostasis === 'boost',
    ...[overlap, score, preference, mean, variance].map(region => unsigned(region.offset)),
    ...[duty, ranked, sorted, activation, slots].map(region => unsigned(region.offset)),
    ...[stride, earlierSlots.length, gradient.offset].map(unsigned),
  ];

  const phase = (
    name: string,
    call: string,
    groups: number,
    reads: Region[],
    writes: Region[],
    size: number,
  ): Phase => ({ name: `pooler.${name}`, call, groups, light: isLight(building, size), reads, writes });
  const x = unsigned(input.value.offset);
  const columnGroups = Math.ceil(columns / (share * building.lanes));

  const forward = [
    phase(
      'overlap',
      `overlap${dense.forwardSuffix}(${dense.id}, ${id}, ${x}, group, lane);`,
      dense.forwardGroups,
      [clock, input.value, dense.weight, dense.bias, duty],
      [overlap, score, preference, mean, variance],
      dense.size,
    ),
  ];
  if (columns <= mostColumnsToCount) {
    const { parallelism, subgroupLanes } = building;
    const picks = (parallelism === 1 || subgroupLanes > 1) && ranks <= mostRanksToPick;
    const call = picks ? `rank_by_picking(${id}, lane);` : `rank_by_counting(${id}, lane);`;
    forward.push(phase('rank', call, 1, [preference], [ranked], dense.outputs4));
  } else {
    const candidates = sparse.allocate(ranks);
    const call = `rank_by_radix(${id}, ${unsigned(candidates.offset)}, lane);`;
    forward.push(phase('rank', call, 1, [preference], [ranked, candidates], dense.outputs4));
  }
  forward.push(
    phase(
      'sort',
      `sort_winners(${id}, lane);`,
      1,
      [ranked],
      [sorted, slots, ...earlierSlots],
      dense.outputs4,
    ),
    phase('duty', `duty_update(${id}, group, lane);`, columnGroups, [clock, slots], [duty], dense.outputs4),
  );

  const backward = [
    phase(
      'delta',
      `pooler_delta(${dense.id}, ${id}, group, lane);`,
      dense.outputGroups,
      [slots, ranked, gradient, variance],
      [dense.delta],
      dense.outputs4,
    ),
  ];
  const from = `${x}, ${unsigned(input.delta.offset)}, group, lane`;
  backward.push(
    phase(
      'backward',
      building.updatesAll
        ? `dense_backward(${dense.id}, ${from});`
        : `winners_backward(${dense.id}, ${id}, ${from});`,
      dense.backwardGroups(),
      [...dense.rate, input.value, sorted, ranked, slots, dense.delta],
      [dense.weight, input.delta],
      building.updatesAll ? dense.size : ranks * vec4s(input.size),
    ),
  );

  const layer = {
    declarations: `${dense.declaration}\nconst ${id} = Pooler(${fields.join(', ')});`,
    forward,
    backward,
    update: [dense.biasUpdate()],
    gradient: [
      dense.phase(
        'gradient',
        `write_dense_gradient(${dense.id}, ${x}, group, lane);`,
        dense.rowGroups,
        [],
        [],
      ),
      dense.biasGradient(),
    ],
    tensors: [
      ...dense.tensors,
      unitsView('pooler.mean', mean, columns),
      unitsView('pooler.variance', variance, columns),
      vectorView('pooler.duty', duty, columns),
      unitsView('activity.overlap', overlap, columns),
      unitsView('activity.score', score, columns),
      winnersView('activity.column', active, columns),
      { ...vectorView('activity.winners', ranked, winnerCount), region: { ...ranked, size: winnerCount } },
    ],
  };
  return { layer, winners };
}
