import * as v from 'valibot';
import { ConfigError, FileError } from '../engine/errors.ts';
import { type NetworkConfig, parseNetwork } from '../engine/model/config.ts';
import { initialState } from '../engine/model/initialise.ts';
import { elementCount, gradientTensors, learnedTensors } from '../engine/model/tensors.ts';
import type { FloatArray, Network, NetworkState } from '../engine/network.ts';

const tensors = v.record(v.string(), v.array(v.number()));
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const CaseSchema = v.object({
  name: v.string(),
  config: v.unknown(),
  initial: tensors,
  steps: v.pipe(
    v.array(
      v.object({
        input: v.array(v.number()),
        target: v.array(v.number()),
        prediction: v.array(v.number()),
        loss: v.number(),
        winners: v.array(count),
        bursting: count,
        gradients: v.optional(tensors),
      }),
    ),
    v.minLength(1),
  ),
  final: tensors,
  columnMean: v.array(v.number()),
  columnVariance: v.array(v.number()),
  columnDuty: v.array(v.number()),
});

/**
 * A short run of a small network, computed in float64 by an independent implementation: `initial` weights, what each
 * of the `steps` gave, and the `final` weights. Tensors are flattened row-major, `[out, in]`.
 */
export type GoldenCase = v.InferOutput<typeof CaseSchema> & { config: NetworkConfig };

/** Largest difference from the golden numbers among values of one kind. NaN counts as infinitely wrong. */
export interface WorstError {
  absolute: number;
  /** The largest error divided by the tolerance there: above 1 is a failure. */
  ofTolerance: number;
  /** Where `ofTolerance` was met, as in `gradient.memory.weight[7] after step 11`; empty when nothing differs. */
  where: string;
}

export interface Mismatch {
  step: number;
  expected: readonly number[];
  actual: readonly number[];
}

export interface GoldenReport {
  name: string;
  steps: number;
  prediction: WorstError;
  loss: WorstError;
  gradients: WorstError;
  /** After the last update. */
  weights: WorstError;
  columnMean: WorstError;
  columnVariance: WorstError;
  columnDuty: WorstError;
  /** Steps whose winners, by descending score, are others. */
  winners: Mismatch[];
  /** Steps with another number of bursting columns. */
  bursting: Mismatch[];
  passed: boolean;
}

/** @throws FileError when `text` is not a golden case, with the field that is wrong. */
export function parseGoldenCase(text: string): GoldenCase {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new FileError('This golden case is not JSON; copy it again from where it was made.', { cause });
  }
  const parsed = v.safeParse(CaseSchema, json, { abortEarly: true });
  if (!parsed.success) {
    const issue = parsed.issues[0];
    throw new FileError(`This is not a golden case: ${v.getDotPath(issue) ?? 'file'}: ${issue.message}`);
  }
  const golden = { ...parsed.output, config: goldenConfig(parsed.output.config) };
  checkSizes(golden);
  return golden;
}

function goldenConfig(value: unknown): NetworkConfig {
  try {
    return parseNetwork(value);
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    throw new FileError(`This golden case has a bad config: ${cause.message}`, { cause });
  }
}

function checkSizes(golden: GoldenCase): void {
  const { config } = golden;
  const check = (where: string, actual: number | undefined, expected: number) => {
    if (actual !== expected)
      throw new FileError(
        `This golden case does not fit its config: ${where} should have ${expected} values, not ${actual ?? 0}.`,
      );
  };
  for (const { name, shape } of learnedTensors(config)) {
    const size = elementCount(shape);
    check(`initial.${name}`, golden.initial[name]?.length, size);
    check(`final.${name}`, golden.final[name]?.length, size);
    golden.steps.forEach((step, i) => {
      if (step.gradients) check(`steps.${i}.gradients.${name}`, step.gradients[name]?.length, size);
    });
  }
  golden.steps.forEach((step, i) => {
    for (const field of ['input', 'target', 'prediction'] as const)
      check(`steps.${i}.${field}`, step[field].length, config.inputs);
    check(`steps.${i}.winners`, step.winners.length, config.winners);
  });
  for (const field of ['columnMean', 'columnVariance', 'columnDuty'] as const)
    check(field, golden[field].length, config.columns);
}

/** The state that a golden run starts from: the case's weights, statistics and temporal state at rest. */
export function goldenState(golden: GoldenCase): NetworkState {
  const state = initialState(golden.config, 0);
  for (const { name } of learnedTensors(golden.config)) state.tensors.get(name)!.set(golden.initial[name]!);
  return state;
}

/** Predictions, losses and gradients; their scale varies, so the tolerance grows with the value. */
const forValue = (reference: number) => 1e-4 + 1e-4 * Math.abs(reference);
/** Weights and column statistics after the last step. */
const afterTraining = () => 5e-4;

const noError = (): WorstError => ({ absolute: 0, ofTolerance: 0, where: '' });

function compare(
  worst: WorstError,
  name: string,
  step: number,
  actual: ArrayLike<number>,
  expected: readonly number[],
  tolerance: (reference: number) => number,
): void {
  expected.forEach((reference, i) => {
    const difference = Math.abs(actual[i]! - reference);
    const absolute = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    worst.absolute = Math.max(worst.absolute, absolute);
    const ofTolerance = absolute / tolerance(reference);
    if (ofTolerance > worst.ofTolerance) {
      worst.ofTolerance = ofTolerance;
      worst.where = `${name}[${i}] after step ${step}`;
    }
  });
}

/**
 * Runs a case's steps on a new network and compares all that it gives with the golden numbers. Works on any engine, in
 * Node and in a page; the network is disposed of at the end.
 */
export async function compareGolden<A extends FloatArray>(
  golden: GoldenCase,
  create: (config: NetworkConfig, state: NetworkState) => Promise<Network<A>>,
): Promise<GoldenReport> {
  const report: GoldenReport = {
    name: golden.name,
    steps: golden.steps.length,
    prediction: noError(),
    loss: noError(),
    gradients: noError(),
    weights: noError(),
    columnMean: noError(),
    columnVariance: noError(),
    columnDuty: noError(),
    winners: [],
    bursting: [],
    passed: false,
  };
  const network = await create(golden.config, goldenState(golden));
  try {
    for (let step = 0; step < golden.steps.length; ) {
      const readAt = golden.steps.findIndex((s, i) => i >= step && s.gradients);
      const end = readAt < 0 ? golden.steps.length : readAt + 1;
      await compareSteps(golden, network, step, end, report);
      if (readAt >= 0) await compareGradients(golden, network, readAt, report);
      step = end;
    }
    await compareFinal(golden, network, report);
  } finally {
    network.dispose();
  }
  const { prediction, loss, gradients, weights, columnMean, columnVariance, columnDuty } = report;
  report.passed =
    report.winners.length === 0 &&
    report.bursting.length === 0 &&
    [prediction, loss, gradients, weights, columnMean, columnVariance, columnDuty].every(
      worst => worst.ofTolerance <= 1,
    );
  return report;
}

/** Steps `start` to `end`, the latter excluded. */
async function compareSteps<A extends FloatArray>(
  golden: GoldenCase,
  network: Network<A>,
  start: number,
  end: number,
  report: GoldenReport,
): Promise<void> {
  const { inputs, winners: k } = golden.config;
  const steps = golden.steps.slice(start, end);
  const records = await network.run(Float32Array.from(steps.flatMap(s => [...s.input, ...s.target])));
  steps.forEach((expected, i) => {
    const step = start + i;
    const prediction = records.prediction.subarray(i * inputs, (i + 1) * inputs);
    compare(report.prediction, 'prediction', step, prediction, expected.prediction, forValue);
    compare(report.loss, 'loss', step, [records.loss[i]!], [expected.loss], forValue);
    const winners = [...records.winners.subarray(i * k, (i + 1) * k)];
    if (winners.some((column, rank) => column !== expected.winners[rank]))
      report.winners.push({ step, expected: expected.winners, actual: winners });
    const bursting = records.bursting[i]!;
    if (bursting !== expected.bursting)
      report.bursting.push({ step, expected: [expected.bursting], actual: [bursting] });
  });
}

async function compareGradients<A extends FloatArray>(
  golden: GoldenCase,
  network: Network<A>,
  step: number,
  report: GoldenReport,
): Promise<void> {
  const expected = golden.steps[step]!.gradients!;
  const names = gradientTensors(golden.config).map(t => t.name);
  const actual = await network.read(names);
  for (const name of names)
    compare(
      report.gradients,
      name,
      step,
      actual.get(name)!,
      expected[name.slice('gradient.'.length)]!,
      forValue,
    );
}

async function compareFinal<A extends FloatArray>(
  golden: GoldenCase,
  network: Network<A>,
  report: GoldenReport,
): Promise<void> {
  const learned = learnedTensors(golden.config).map(t => t.name);
  const actual = await network.read([...learned, 'pooler.mean', 'pooler.variance', 'pooler.duty']);
  const final = (worst: WorstError, name: string, expected: readonly number[]) =>
    compare(worst, name, golden.steps.length - 1, actual.get(name)!, expected, afterTraining);
  for (const name of learned) final(report.weights, name, golden.final[name]!);
  final(report.columnMean, 'pooler.mean', golden.columnMean);
  final(report.columnVariance, 'pooler.variance', golden.columnVariance);
  final(report.columnDuty, 'pooler.duty', golden.columnDuty);
}
