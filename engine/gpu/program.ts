import cells from '../../shaders/cells.wgsl?raw';
import clock from '../../shaders/clock.wgsl?raw';
import dense from '../../shaders/dense.wgsl?raw';
import gradient from '../../shaders/gradient.wgsl?raw';
import inhibition from '../../shaders/inhibition.wgsl?raw';
import loss from '../../shaders/loss.wgsl?raw';
import memory from '../../shaders/memory.wgsl?raw';
import network from '../../shaders/network.wgsl?raw';
import noSubgroups from '../../shaders/no-subgroups.wgsl?raw';
import normalisedStep from '../../shaders/normalised-step.wgsl?raw';
import adam from '../../shaders/optimizers/adam.wgsl?raw';
import momentum from '../../shaders/optimizers/momentum.wgsl?raw';
import rmsprop from '../../shaders/optimizers/rmsprop.wgsl?raw';
import sgd from '../../shaders/optimizers/sgd.wgsl?raw';
import pooler from '../../shaders/pooler.wgsl?raw';
import subgroups from '../../shaders/subgroups.wgsl?raw';
import sums from '../../shaders/sums.wgsl?raw';
import twoBlocks from '../../shaders/two-blocks.wgsl?raw';
import type { NetworkConfig } from '../model/config.ts';
import { buildLayers } from './compose.ts';
import type { DriverName } from './driver.ts';
import type { Geometry } from './geometry.ts';
import { type Layer, type Phase, share } from './layer.ts';
import { Layout } from './layout.ts';
import { type Dispatch, schedule, stagesOf } from './schedule.ts';
import type { TensorView } from './tensor-views.ts';

/** A file of WGSL, or a generated part, in a composed shader. */
export interface SourcePart {
  readonly name: string;
  readonly text: string;
}

/** A dispatch by its name in a shader. */
export interface EntryPoint extends Dispatch {
  readonly name: string;
}

export interface Shader {
  readonly label: string;
  readonly parts: readonly SourcePart[];
  /** Group 1, which is not the network's own: rows and records of a batch, or gradients. */
  readonly groupOne: readonly GPUBufferBindingType[];
  /** In the order that they run in. */
  readonly entryPoints: readonly EntryPoint[];
  /** How many networks it runs side by side. */
  readonly networks: number;
}

/** All that a network of one config is on a GPU, before there is a GPU: shaders, sizes, and where tensors lie. */
export interface Program {
  readonly layout: Layout;
  readonly tensors: readonly TensorView[];
  readonly step: Shader;
  /** The last prediction, made again from the temporal memory's state. */
  readonly recall: Shader;
  /** The gradients of the last step, written out. */
  readonly gradient: Shader;
}

/** A normalised step is one of plain descent, by its own measure. */
const optimizers = {
  sgd: { name: 'shaders/optimizers/sgd.wgsl', text: sgd },
  normalised: { name: 'shaders/optimizers/sgd.wgsl', text: sgd },
  momentum: { name: 'shaders/optimizers/momentum.wgsl', text: momentum },
  rmsprop: { name: 'shaders/optimizers/rmsprop.wgsl', text: rmsprop },
  adam: { name: 'shaders/optimizers/adam.wgsl', text: adam },
};

/** What a program is for. */
export interface Purpose {
  /** Runs the steps; everything else is always streamed. */
  readonly driver?: DriverName;
  /** How many networks it is for. */
  readonly networks?: number;
}

export function compose(
  config: NetworkConfig,
  geometry: Geometry,
  { driver = 'stream', networks = 1 }: Purpose = {},
): Program {
  const layout = new Layout();
  const { parallelism, subgroupLanes } = geometry;
  const normalises = config.optimizer === 'normalised';
  const updatesAll = !normalises && config.optimizer !== 'sgd';
  const { layers, decoder } = buildLayers({ ...geometry, layout, updatesAll, normalises }, config);
  const forward = layers.flatMap(layer => layer.forward);
  const backward = layers.toReversed().flatMap(layer => layer.backward);
  const update = layers.toReversed().flatMap(layer => layer.update);
  const shader = (
    label: string,
    phases: readonly Phase[],
    own: readonly SourcePart[],
    groupOne: readonly GPUBufferBindingType[],
    loops = false,
  ): Shader => {
    const entryPoints = loops
      ? [{ name: 'run_steps', stages: stagesOf(phases), groups: 1 }]
      : schedule(phases).map((dispatch, i) => ({ ...dispatch, name: `dispatch_${i}` }));
    const parts = [
      { name: 'sizes', text: sizes(layout, geometry, networks) },
      { name: 'shaders/network.wgsl', text: network },
      optimizers[config.optimizer],
      subgroupLanes > 1
        ? { name: 'shaders/subgroups.wgsl', text: subgroups }
        : { name: 'shaders/no-subgroups.wgsl', text: noSubgroups },
      { name: 'shaders/sums.wgsl', text: sums },
      { name: 'shaders/dense.wgsl', text: dense },
      { name: 'shaders/cells.wgsl', text: cells },
      { name: 'shaders/pooler.wgsl', text: pooler },
      { name: 'shaders/inhibition.wgsl', text: inhibition },
      { name: 'shaders/memory.wgsl', text: memory },
      ...(parallelism > 1 ? [] : [{ name: 'shaders/two-blocks.wgsl', text: twoBlocks }]),
      ...own,
      { name: 'layers', text: declarations(layers) },
      {
        name: 'entry points',
        text: entryPoints.map(loops ? loopEntry(geometry) : entry(geometry)).join('\n'),
      },
    ];
    return { label, parts, groupOne, entryPoints, networks };
  };
  return {
    layout,
    tensors: layers.flatMap(layer => layer.tensors),
    step: shader(
      'step',
      [...forward, ...backward, ...update],
      [
        { name: 'shaders/clock.wgsl', text: clock },
        { name: 'shaders/loss.wgsl', text: loss },
        ...(normalises ? [{ name: 'shaders/normalised-step.wgsl', text: normalisedStep }] : []),
      ],
      ['read-only-storage', 'storage'],
      driver === 'loop',
    ),
    recall: shader(
      'recall',
      decoder.flatMap(layer => layer.forward),
      [],
      [],
    ),
    gradient: shader(
      'gradient',
      layers.flatMap(layer => layer.gradient),
      [{ name: 'shaders/gradient.wgsl', text: gradient }],
      ['storage'],
    ),
  };
}

const sizes = (
  layout: Layout,
  { lanes, subgroupLanes }: Geometry,
  networks: number,
): string => `${subgroupLanes > 1 ? directives : ''}
const LANES = ${lanes}u;
const SUBGROUP_LANES = ${Math.min(lanes, subgroupLanes)}u;
const SHARE = ${share}u;
const NETWORKS = ${networks}u;
// Elements of one network.
const WEIGHTS = ${layout.weights.size}u;
const UNITS = ${layout.units.size}u;
const SPARSE = ${layout.sparse.size}u;
`;

const directives = 'enable subgroups;\nrequires subgroup_id;\n';

/** What an entry point of a workgroup knows: its number, and which of its lanes this is. */
const parameters = (subgroupLanes: number): string =>
  subgroupLanes > 1
    ? '@builtin(workgroup_id) id: vec3u, @builtin(subgroup_id) subgroup: u32, @builtin(subgroup_size) size: u32, @builtin(subgroup_invocation_id) place: u32'
    : '@builtin(workgroup_id) id: vec3u, @builtin(local_invocation_index) lane: u32';

/** Lanes of a subgroup are neighbours, whatever order the GPU has them in. */
const laneOf = (subgroupLanes: number): string =>
  subgroupLanes > 1 ? '  let lane = subgroup * size + place;\n' : '';

const declarations = (layers: readonly Layer[]): string =>
  `\n${layers
    .map(layer => layer.declarations)
    .filter(Boolean)
    .join('\n')}\n`;

/** The entry point of one dispatch. `id.y` is the network. */
const entry =
  ({ subgroupLanes }: Geometry) =>
  ({ name, stages, groups }: EntryPoint): string => {
    const body = stages.map((stage, i) => {
      const barrier = i > 0 ? '  storageBarrier();\n  workgroupBarrier();\n' : '';
      return barrier + (groups === 1 ? inSequence(stage) : sideBySide(stage));
    });
    return `
@compute @workgroup_size(LANES)
fn ${name}(${parameters(subgroupLanes)}) {
${laneOf(subgroupLanes)}  network = id.y;
${body.join('\n')}
}`;
  };

/** One workgroup runs all; what is in workgroup memory is guarded where it is used. */
const inSequence = (stage: readonly Phase[]): string =>
  stage
    .map(
      ({ name, groups, call }) =>
        `  // ${name}\n  for (var group = 0u; group < ${groups}u; group++) { ${call} }`,
    )
    .join('\n');

/** Each phase has workgroups of its own. */
function sideBySide(stage: readonly Phase[]): string {
  let first = 0;
  const branches = stage.map(phase => {
    const begin = first;
    first += phase.groups;
    return `if (id.x < ${first}u) { let group = id.x - ${begin}u; ${phase.call} }`;
  });
  return `  ${branches.join('\n  else ')}`;
}

/** All stages of many steps, in one workgroup: its groups' work comes one after the other. `id.x` is the network. */
const loopEntry =
  ({ subgroupLanes }: Geometry) =>
  ({ name, stages }: EntryPoint): string => {
    const functions = stages.map((stage, i) => `fn stage_${i}(lane: u32) {\n${inSequence(stage)}\n}`);
    const calls = stages.map(
      (_, i) => `    stage_${i}(lane);\n    storageBarrier();\n    workgroupBarrier();`,
    );
    return `
@group(2) @binding(0) var<uniform> steps: u32;

${functions.join('\n\n')}

@compute @workgroup_size(LANES)
fn ${name}(${parameters(subgroupLanes)}) {
${laneOf(subgroupLanes)}  network = id.x;
  for (var step = 0u; step < steps; step++) {
${calls.join('\n')}
  }
}`;
  };
