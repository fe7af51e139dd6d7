import { create, globals } from 'webgpu';
import { type DriverName, groupLayouts } from '../engine/gpu/driver.ts';
import {
  type Geometry,
  hardwareGeometry,
  hardwareLoopGeometry,
  softwareGeometry,
} from '../engine/gpu/geometry.ts';
import { stepsLayout } from '../engine/gpu/loop.ts';
import { compose, type Shader } from '../engine/gpu/program.ts';
import { compile, describe, sourceOf } from '../engine/gpu/shader.ts';
import { slotsOf } from '../engine/gpu/tensor-table.ts';
import { type NetworkConfig, parseNetwork } from '../engine/model/config.ts';
import { defaultPreset } from '../engine/model/presets.ts';

// Compiles the shaders of many networks with Tint, Chrome's compiler, on a backend that runs nothing. Needs no GPU.
// Whatever Tint says, a warning included, is a failure; so is a pipeline beyond WebGPU's default limits.

const odd = { inputs: 3, encoder: [10, 7], columns: 21, winners: 4, cellsPerColumn: 3, decoder: [9, 6] };
const variants: Record<string, Partial<NetworkConfig>> = {
  default: {},
  'active readout': { readout: 'active' },
  'no unroll': { unroll: 0 },
  'active readout, no unroll': { readout: 'active', unroll: 0 },
  boost: { homeostasis: 'boost', boostStrength: 1 },
  'no homeostasis': { homeostasis: 'none' },
  thresholded: { winnerActivation: 'thresholded' },
  'odd sizes': odd,
  'odd sizes, thresholded, boost, momentum': {
    ...odd,
    winnerActivation: 'thresholded',
    homeostasis: 'boost',
    optimizer: 'momentum',
  },
  'one cell': { cellsPerColumn: 1 },
  'all win': { columns: 8, winners: 8 },
  'many columns': { columns: 1024, winners: 20 },
  momentum: { optimizer: 'momentum' },
  rmsprop: { optimizer: 'rmsprop' },
  adam: { optimizer: 'adam' },
  'adam, active readout, no unroll': { optimizer: 'adam', readout: 'active', unroll: 0 },
  sgd: { optimizer: 'sgd' },
  'a value predicted': { prediction: 'value' },
  'a change predicted': { prediction: 'change' },
  'two steps unrolled, sgd': { unroll: 2, optimizer: 'sgd' },
  'eight steps unrolled, adam, active readout': { unroll: 8, optimizer: 'adam', readout: 'active' },
  'odd sizes, eight steps unrolled, normalised': { ...odd, unroll: 8, optimizer: 'normalised' },
  normalised: { optimizer: 'normalised' },
  'normalised, active readout': { optimizer: 'normalised', readout: 'active' },
  'normalised, no unroll': { optimizer: 'normalised', unroll: 0 },
  'normalised, active readout, no unroll': { optimizer: 'normalised', readout: 'active', unroll: 0 },
  'odd sizes, normalised, a change predicted, thresholded, boost': {
    ...odd,
    optimizer: 'normalised',
    prediction: 'change',
    winnerActivation: 'thresholded',
    homeostasis: 'boost',
  },
};

Object.assign(globalThis, globals);
const gpu = create(['backend=null']);
const adapter = await gpu.requestAdapter();
if (!adapter) throw new Error('Dawn has no null backend here; reinstall the npm package "webgpu".');
const device = await adapter.requestDevice({ requiredFeatures: ['subgroups'] });

let complaints = 0;
let pipelines = 0;
const complain = (where: string, problem: string) => {
  complaints++;
  console.error(`${where}\n${problem}\n`);
};
let where = '';
device.addEventListener('uncapturederror', event => complain(where, event.error.message));

/** Each with and without subgroups, of the fewest lanes, and of more than one stride of theirs. */
const cuts: [driver: DriverName, geometry: Geometry][] = [
  ['stream', softwareGeometry],
  ['stream', { ...softwareGeometry, subgroupLanes: 4 }],
  ['stream', hardwareGeometry],
  ['stream', { ...hardwareGeometry, subgroupLanes: 32 }],
  ['loop', softwareGeometry],
  ['loop', { ...softwareGeometry, subgroupLanes: 4 }],
  ['loop', hardwareLoopGeometry],
  ['loop', { ...hardwareLoopGeometry, subgroupLanes: 32 }],
];

async function lint(shader: Shader, config: NetworkConfig, loops: boolean): Promise<void> {
  const module = device.createShaderModule({ code: sourceOf(shader) });
  const { messages } = await module.getCompilationInfo();
  for (const message of messages) complain(where, `${message.type}: ${describe(shader.parts, message)}`);
  if (messages.length > 0) return;
  const names = new Set(['weights', 'units', 'sparse', 'clock', 'live', ...slotsOf(config)]);
  try {
    const layouts = [...groupLayouts(device, shader, names), ...(loops ? [stepsLayout(device)] : [])];
    pipelines += (await compile(device, shader, layouts)).length;
  } catch (error) {
    complain(where, String(error));
  }
}

for (const [name, variant] of Object.entries(variants))
  for (const [driver, geometry] of cuts) {
    const config = parseNetwork({ ...defaultPreset.settings.network, ...variant });
    const program = compose(config, geometry, { driver, networks: driver === 'loop' ? 3 : 1 });
    const loops = driver === 'loop';
    for (const shader of loops ? [program.step] : [program.step, program.recall, program.gradient]) {
      where = `${name}, ${driver}, ${geometry.lanes} lanes, ${geometry.subgroupLanes} in a subgroup: ${shader.label}`;
      await lint(shader, config, loops);
    }
  }
console.log(
  `WGSL: ${pipelines} pipelines of ${Object.keys(variants).length} networks compiled, ${complaints} complaints.`,
);
process.exit(complaints === 0 ? 0 : 1);
