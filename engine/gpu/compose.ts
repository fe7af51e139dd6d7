import type { NetworkConfig } from '../model/config.ts';
import { cellCount } from '../model/tensors.ts';
import { cellHistory, cellsLayer } from './active-cells.ts';
import { denseLayer, type GradientTerm, type LearnedSignal, type Signal } from './dense.ts';
import type { Building, Layer } from './layer.ts';
import { vec4s } from './layout.ts';
import { memoryLayer } from './memory.ts';
import { normalisedStepLayer } from './normalised-step.ts';
import { poolerLayer } from './pooler.ts';
import { beginLayer, lossLayer } from './step-frame.ts';

/** The network as a list of layers, in the order that the input meets them; and those of them that decode. */
export function buildLayers(
  building: Building,
  config: NetworkConfig,
): { layers: readonly Layer[]; decoder: readonly Layer[] } {
  const { inputs, encoder, decoder, readout } = config;
  const { layout } = building;
  const layers: Layer[] = [];
  const add = <T extends { layer: Layer }>(built: T): T => {
    layers.push(built.layer);
    return built;
  };

  const input: Signal = { value: layout.units.allocate(vec4s(inputs)), delta: undefined };

  let encoded = input;
  let width = inputs;
  encoder.forEach((units, i) => {
    const shape = { name: `encoder.${i}`, inputs: width, outputs: units, part: 'encoder' } as const;
    encoded = add(
      denseLayer(building, { ...shape, activation: 'relu' }, encoded, `activity.encoder.${i}`),
    ).output;
    width = units;
  });

  const history = cellHistory(layout, config);
  const pooler = poolerLayer(building, config, { ...(encoded as LearnedSignal), size: width }, history);
  layers.push(pooler.layer);
  const memory = memoryLayer(building, config, pooler.winners, history);
  layers.push(memory.layer);
  const terms: GradientTerm[] = [...memory.terms];

  let decoded = memory.signals.predictive;
  width = cellCount(config);
  decoder.forEach((units, i) => {
    const shape = { name: `decoder.${i}`, inputs: width, outputs: units, part: 'decoder' } as const;
    const activity = `activity.decoder.${i}`;
    const readsActive = i === 0 && readout === 'active';
    const built = add(
      readsActive
        ? cellsLayer(building, shape, memory.signals.active, activity)
        : denseLayer(building, { ...shape, activation: 'relu' }, decoded, activity),
    );
    decoded = built.output;
    terms.push(built.term);
    width = units;
  });
  const output = {
    name: `decoder.${decoder.length}`,
    inputs: width,
    outputs: inputs,
    part: 'decoder',
    inOneGroup: true,
    activation: 'linear',
    ...(config.prediction === 'change' && { base: input.value }),
  } as const;
  const last = add(denseLayer(building, output, decoded, 'activity.prediction'));
  const prediction = last.output;
  terms.push(last.term);

  return {
    layers: [
      beginLayer(building, config, input.value, prediction.value),
      ...layers,
      lossLayer(building, config, input.value, prediction, pooler.winners, memory.signals),
      ...(building.normalises
        ? [normalisedStepLayer(building, inputs, prediction, terms, pooler.winners.gradient)]
        : []),
    ],
    decoder: layers.slice(-1 - decoder.length),
  };
}
