import type { NetworkConfig } from '../model/config.ts';
import { cellCount } from '../model/tensors.ts';
import type { FloatArray } from '../network.ts';
import { CellGate } from './cells.ts';
import { Competition } from './competition.ts';
import { DenseLayer } from './dense.ts';
import { type Layer, plainTensor, type ReadableTensor, type StoredTensor, vectorTensor } from './layer.ts';
import { RuleHistory } from './optimizer.ts';
import { Unrolling } from './unrolling.ts';
import { clear, createSignal, type Signal, swap } from './vector.ts';
import type { Kernels, Workspace } from './workspace.ts';

/** The layers of a network in forward order, the signals that join them, and every tensor by its name. */
export interface Graph {
  readonly layers: readonly Layer[];
  /** Those of the layers that turn cells into a prediction. */
  readonly decoder: readonly Layer[];
  /** Those that learn at the full rate. */
  readonly fast: readonly DenseLayer[];
  readonly input: Signal; // [inputs]
  readonly output: Signal; // [inputs]
  /** Largest magnitude of each input while it learned, where changes are predicted. [inputs] */
  readonly reach: FloatArray | null;
  readonly competition: Competition;
  readonly gate: CellGate;
  readonly stored: readonly StoredTensor[];
  readonly observed: readonly ReadableTensor[];
  /** Of an optimiser that remembers. */
  readonly history: RuleHistory | null;
  readonly kernels: Kernels;
  /** Makes up for what rows without a gradient missed: before a setting changes what that is. */
  settle(): void;
  /** What the last step left becomes the previous state. */
  turnOver(): void;
  clearGradients(): void;
  /** Forgets all values and gradients. */
  clear(): void;
}

export function buildGraph(config: NetworkConfig, workspace: Workspace): Graph {
  const { optimizer } = config;
  const changes = config.prediction === 'change';
  const signals: Signal[] = [];
  const signal = (length: number): Signal => {
    const made = createSignal(length, workspace);
    signals.push(made);
    return made;
  };

  const history =
    optimizer === 'sgd' || optimizer === 'normalised' ? null : new RuleHistory(optimizer, workspace);
  const input = signal(config.inputs);
  const reach = changes ? workspace.floats(config.inputs) : null;
  let from = input;
  const encoded = config.encoder.map(signal);
  const encoder = encoded.map((to, i) => {
    const layer = new DenseLayer(
      from,
      to,
      { name: `encoder.${i}`, activation: 'relu', part: 'encoder', optimizer, history },
      workspace,
    );
    from = to;
    return layer;
  });

  const overlap = signal(config.columns);
  const column = signal(config.columns);
  const pooler = new DenseLayer(
    from,
    overlap,
    { name: 'pooler', activation: 'linear', part: 'pooler', optimizer, history },
    workspace,
  );
  const competition = new Competition(overlap, column, config, workspace);

  const active = signal(cellCount(config));
  const predictive = signal(cellCount(config));
  const previousActive = signal(cellCount(config));
  const previousPredictive = signal(cellCount(config));
  const previousDelta = previousPredictive.gradient;
  const unrolling =
    config.unroll > 1
      ? new Unrolling(
          active.value,
          previousActive.value,
          previousDelta,
          (cells, delta, gradient) => memory.passBack(cells, delta, gradient),
          config,
          workspace,
        )
      : null;
  const gate = new CellGate(column, previousPredictive, active, config, unrolling);
  // The error that the gate sends into earlier predictions belongs to these weights too.
  const earlier = [
    ...(config.unroll > 0 ? [{ input: previousActive.value, delta: previousDelta }] : []),
    ...(unrolling?.terms ?? []),
  ];
  const memory = new DenseLayer(
    active,
    predictive,
    { name: 'memory', activation: 'relu', part: 'memory', optimizer, history },
    workspace,
    earlier,
  );

  from = config.readout === 'predictive' ? predictive : active;
  const decoded = config.decoder.map(signal);
  const output = signal(config.inputs);
  const decoder = [...decoded, output].map((to, i) => {
    const options = { name: `decoder.${i}`, part: 'decoder', optimizer, history } as const;
    const ends = { activation: 'linear', ...(changes && { base: input.value }) } as const;
    const layer = new DenseLayer(
      from,
      to,
      { ...options, ...(to === output ? ends : { activation: 'relu' }) },
      workspace,
    );
    from = to;
    return layer;
  });

  const layers: Layer[] = [...encoder, pooler, competition, gate, memory, ...decoder];
  return {
    layers,
    decoder,
    fast: [memory, ...decoder],
    history,
    kernels: workspace.kernels,
    input,
    output,
    reach,
    competition,
    gate,
    stored: [
      ...layers.flatMap(layer => layer.stored),
      vectorTensor('state.predictive', predictive.value),
      vectorTensor('state.active', active.value),
      ...(reach ? [vectorTensor('state.input', input.value), plainTensor('state.reach', reach)] : []),
    ],
    observed: [
      ...layers.flatMap(layer => layer.observed),
      plainTensor('activity.input', input.value.values),
      ...encoded.map((s, i) => plainTensor(`activity.encoder.${i}`, s.value.values)),
      plainTensor('activity.overlap', overlap.value.values),
      plainTensor('activity.column', column.value.values),
      vectorTensor('previous.predictive', previousPredictive.value),
      vectorTensor('previous.active', previousActive.value),
      ...decoded.map((s, i) => plainTensor(`activity.decoder.${i}`, s.value.values)),
      plainTensor('activity.prediction', output.value.values),
    ],
    settle() {
      for (const layer of [...encoder, pooler, memory, ...decoder]) layer.settle(null);
    },
    turnOver() {
      if (unrolling) unrolling.turnOver();
      else swap(active.value, previousActive.value);
      swap(predictive.value, previousPredictive.value);
    },
    clearGradients() {
      for (const { gradient } of signals) clear(gradient);
    },
    clear() {
      for (const { value, gradient } of signals) {
        clear(value);
        clear(gradient);
      }
      unrolling?.clear();
    },
  };
}
