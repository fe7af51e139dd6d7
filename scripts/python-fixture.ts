/**
 * Writes what the Python loader is tested against, python/tests/fixtures/CASE/: a small trained network's weights file
 * (model.safetensors), and two traces that go on from it: with learning (learning.csv) and without (frozen.csv).
 *
 *   npx tsx scripts/python-fixture.ts
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createCpuNetwork } from '../engine/cpu/network.ts';
import { SignalStream } from '../engine/data/stream.ts';
import { encodeCheckpoint } from '../engine/file/checkpoint.ts';
import { TRACE_HEADER, traceLines } from '../engine/file/trace.ts';
import { type NetworkConfig, parseSettings } from '../engine/model/config.ts';
import { initialState } from '../engine/model/initialise.ts';
import { defaultPreset } from '../engine/model/presets.ts';
import { plainNetwork } from '../test/plain-network.ts';

const TRAINED_STEPS = 400;
const LEARNING_STEPS = 3;
const FROZEN_STEPS = 100;

const small: Partial<NetworkConfig> = {
  encoder: [8, 8],
  columns: 24,
  winners: 3,
  cellsPerColumn: 2,
  decoder: [8],
  warmup: 20,
};

const cases: Record<string, Partial<NetworkConfig>> = {
  plain: { columns: 32, winners: 4, cellsPerColumn: 3 },
  default: { ...defaultPreset.settings.network, ...small, columns: 32, winners: 4, cellsPerColumn: 3 },
  'boost-thresholded-active': {
    homeostasis: 'boost',
    boostStrength: 1.5,
    winnerActivation: 'thresholded',
    readout: 'active',
    optimizer: 'momentum',
    learningRate: 0.005,
  },
  'one-cell-no-homeostasis': { homeostasis: 'none', cellsPerColumn: 1, decoder: [8, 4], encoder: [8] },
  'change-conscience-normalised': {
    prediction: 'change',
    unroll: 3,
    conscience: 0.3,
    optimizer: 'normalised',
    learningRate: 0.5,
    memoryRate: 5,
    biasRate: 0.1,
    inputs: 2,
  },
  'vector-input': {
    inputs: 3,
    winnerActivation: 'thresholded',
    optimizer: 'adam',
    learningRate: 0.001,
    columns: 16,
  },
};

for (const [name, network] of Object.entries(cases)) {
  const settings = parseSettings({
    network: { ...plainNetwork, ...small, ...network },
    // Noise, so that some inputs are a surprise and some columns burst.
    signal: { ...defaultPreset.settings.signal, period: 17.3, noise: 0.05 },
    seed: 7,
  });
  const stream = new SignalStream(settings.signal, settings.network.inputs, settings.seed);
  const trained = createCpuNetwork(settings.network, initialState(settings.network, settings.seed));
  await trained.run(stream.rows(TRAINED_STEPS));
  const state = await trained.state();
  const file = encodeCheckpoint({ settings, state, stream: stream.state() });

  const next = stream.rows(FROZEN_STEPS);
  const frozen = createCpuNetwork(settings.network, state);
  frozen.setMode({ learning: false });
  const frozenTrace = traceLines(await frozen.run(next));
  const rowLength = 2 * settings.network.inputs;
  const learningTrace = traceLines(await trained.run(next.slice(0, LEARNING_STEPS * rowLength)));

  const folder = fileURLToPath(new URL(`../python/tests/fixtures/${name}/`, import.meta.url));
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}model.safetensors`, file);
  writeFileSync(`${folder}learning.csv`, TRACE_HEADER + learningTrace);
  writeFileSync(`${folder}frozen.csv`, TRACE_HEADER + frozenTrace);
  console.log(`${name}: ${file.length} bytes`);
}
