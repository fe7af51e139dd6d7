import type { Figure } from './figure.ts';
import type { Row } from './race.ts';

export interface Goal {
  readonly goal: string;
  /** What was measured, in words; null where nothing was. */
  readonly measured: string | null;
  readonly state: 'met' | 'not met' | 'open';
}

/** The steps/s of native C, on one core, that the goals of the software adapter were set beside. */
const nativeThen = 21_500;

const times = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const wholes = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** The goals of the project, as far as what was measured without a GPU, and the rows of real GPUs, tell. */
export function goalsOf(
  rows: readonly Row[],
  figures: readonly Figure[],
  hardwareRows: readonly Row[],
): Goal[] {
  const row = (id: string) => rows.find(r => r.id === id && r.stepsPerSecond !== null);
  const best = (found: readonly Row[]) =>
    found
      .filter(r => r.ratio !== null)
      .reduce<Row | undefined>((most, r) => (most && most.ratio! >= r.ratio! ? most : r), undefined);
  const called = (engine: string) => rows.filter(r => r.engine === engine);
  const figure = (id: string) => figures.find(f => f.id === id)?.value;

  const page = row('browser/256x5/predictive/sgd');
  const overPeer = (engine: string, least: number): Goal => {
    const peer = best(called(engine));
    const ratio = page?.ratio && peer?.ratio ? page.ratio / peer.ratio : undefined;
    const what = `The page's engine is at least ${least} times as fast as ${engine}, best backend, in the same browser`;
    return judge(
      what,
      ratio,
      r => r >= least,
      r => `${times.format(r)} times (${peer?.driver})`,
    );
  };

  const nativePredictive = row('native/256x5/predictive/sgd')?.stepsPerSecond;
  const onSoftware = (readout: string, least: number): Goal => {
    const found = rows.filter(
      r =>
        r.engine === 'GPU engine' &&
        r.id.endsWith(`/256x5/${readout}/sgd`) &&
        !r.hardware &&
        r.stepsPerSecond,
    );
    const speed = Math.max(...found.map(r => r.stepsPerSecond!));
    const scaled = found.length > 0 && nativePredictive ? (speed / nativePredictive) * nativeThen : undefined;
    const what = `WGSL on SwiftShader, ${readout} readout: at least ${wholes.format(least)} steps for ${wholes.format(nativeThen)} of native C with predictive readout`;
    return judge(
      what,
      scaled,
      s => s >= least,
      s => wholes.format(s),
    );
  };

  const cpus = rows.filter(
    r => r.id.startsWith('cpu/') && r.size === '256x5' && r.networks === 1 && r.ratio !== null,
  );
  const slowest = cpus.length > 0 ? Math.min(...cpus.map(r => r.ratio!)) : undefined;

  const [small, large] = ['256x5', '1024x5'].map(size => row(`cpu/${size}/predictive/sgd`)?.stepsPerSecond);
  const growth = small && large ? small / large : undefined;

  const onHardware = (what: string, found: readonly Row[], least: number): Goal => {
    const measured = found.filter(r => r.hardware && r.stepsPerSecond !== null);
    const most = measured.length > 0 ? Math.max(...measured.map(r => r.stepsPerSecond!)) : undefined;
    return judge(
      what,
      most,
      m => m >= least,
      m => `${wholes.format(m)} (${measured[0]!.adapter})`,
    );
  };
  const gpu = (end: string) => hardwareRows.filter(r => r.engine === 'GPU engine' && r.id.endsWith(end));
  const perSecond = (what: string, least: number) =>
    `${what}: at least ${wholes.format(least)} steps/s on a real GPU`;
  const hardwareGoals = (
    [
      ['One network, predictive readout', '/256x5/predictive/sgd', 30_000],
      ['One network, active readout', '/256x5/active/sgd', 50_000],
      ['128 networks together, predictive readout', '/256x5/predictive/sgd/128', 1_200_000],
      ['128 networks together, active readout', '/256x5/active/sgd/128', 3_000_000],
      ['2048x16, predictive readout', '/2048x16/predictive/sgd', 1_000],
    ] as const
  ).map(([what, end, least]) => onHardware(perSecond(what, least), gpu(end), least));

  return [
    overPeer('tfjs, autograd', 100),
    overPeer('jax-js, autograd', 100),
    overPeer('tfjs, backward pass by hand', 50),
    onSoftware('predictive', 700),
    onSoftware('active', 1800),
    judge(
      'The CPU engine is at most 2 times as slow as native C, whatever the readout and the rule',
      slowest,
      s => s >= 0.5,
      s => `slowest: ${times.format(s)} of its speed`,
    ),
    judge(
      'Training in the page at full speed costs at most 10% against the same engine without a page',
      figure('page/speed'),
      s => s >= 0.9,
      s => `${wholes.format(100 * Math.max(0, 1 - s))}%`,
    ),
    judge(
      'No main-thread task above 50 ms at full speed',
      figure('page/long-tasks'),
      n => n === 0,
      n => `${n}`,
    ),
    judge(
      'A step with 4 times the columns costs at most 5 times as much (CPU engine, 1024x5 against 256x5)',
      growth,
      g => g <= 5,
      g => `${times.format(g)} times`,
    ),
    ...hardwareGoals,
  ];
}

function judge(
  goal: string,
  value: number | undefined,
  meets: (value: number) => boolean,
  say: (value: number) => string,
): Goal {
  if (value === undefined || !Number.isFinite(value)) return { goal, measured: null, state: 'open' };
  return { goal, measured: say(value), state: meets(value) ? 'met' : 'not met' };
}
