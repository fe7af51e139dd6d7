import type { Browser } from 'playwright';
import { defaultPreset } from '../engine/model/presets.ts';
import { headlessEntry, peerEntry, peers } from './browser-contestant.ts';
import { type Entry, type Subject, sizeOf } from './contestant.ts';
import { engineEntry } from './engine-contestant.ts';
import { nativeEntry } from './native-contestant.ts';
import { largerSizes, optimizers, plain, type Readout, readouts, sized } from './networks.ts';
import { pytorchEntry } from './pytorch-contestant.ts';
import type { RaceOptions } from './race.ts';

/** Entries that are measured in turn, so that their speeds can be compared. */
export interface Race {
  readonly entries: readonly Entry[];
  readonly options?: Partial<RaceOptions>;
}

const drivers = ['stream', 'loop'] as const;

/** `<engine>/<size>/<readout>/<optimizer>` and, where there are more networks than one, how many. */
export const idOf = (engine: string, { config, preset, networks }: Omit<Subject, 'id' | 'engine'>): string =>
  [
    engine,
    sizeOf(config),
    config.readout,
    preset ?? config.optimizer,
    ...(networks > 1 ? [networks] : []),
  ].join('/');

type Work = Omit<Subject, 'id' | 'engine'>;
const subject = (engine: string, name: string, work: Work): Subject => ({
  id: idOf(name, work),
  engine,
  ...work,
});

const native = (work: Work): Entry => nativeEntry(subject('native C', 'native', { ...work, networks: 1 }));
const against = (work: Work, entries: readonly Entry[]): Entry[] =>
  entries.map(entry => ({ ...entry, reference: native(work).id }));

const cpu = (work: Work): Entry => engineEntry(subject('CPU engine', 'cpu', work), 'cpu');
const typescript = (work: Work): Entry =>
  engineEntry(subject('CPU engine', 'cpu-typescript', work), 'typescript');
const gpus = (work: Work): Entry[] =>
  drivers.map(driver => engineEntry(subject('GPU engine', `gpu-${driver}`, work), 'gpu', driver));
const ours = (work: Work): Entry[] => against(work, [cpu(work), ...gpus(work)]);

/** Both engines with every readout and rule, and as the page starts. */
export function engineRaces(quick: boolean): Race[] {
  const preset: Work = { config: defaultPreset.settings.network, networks: 1, preset: 'default' };
  return [
    ...(quick ? optimizers.slice(0, 1) : optimizers).map(optimizer => {
      const works = readouts.map((readout): Work => ({ config: plain(readout, optimizer), networks: 1 }));
      return {
        entries: works.flatMap(work => [native(work), ...against(work, [typescript(work)]), ...ours(work)]),
      };
    }),
    { entries: [native(preset), ...against(preset, [typescript(preset)]), ...ours(preset)] },
  ];
}

/** Many networks side by side. */
export const networkRaces = (counts: readonly number[], of: readonly Readout[]): Race[] =>
  of.flatMap(readout =>
    counts.map(networks => {
      const work: Work = { config: plain(readout), networks };
      return { entries: [native(work), ...ours(work)] };
    }),
  );

/** Larger networks. The second one has four times the columns of the first, and nothing else. */
export function sizeRaces(quick: boolean, of: readonly Readout[]): Race[] {
  const columns: Work[] = [256, 1024].map(count => ({ config: sized(count, 5, 'predictive'), networks: 1 }));
  return [
    { entries: columns.flatMap(work => [native(work), ...ours(work)]) },
    ...(quick ? [] : largerSizes).flatMap(([count, cells]) =>
      of.map(readout => {
        const work: Work = { config: sized(count, cells, readout), networks: 1 };
        return { entries: [native(work), ...ours(work)] };
      }),
    ),
  ];
}

/** The page's engine and other libraries, in one browser. */
export function peerRaces(browser: Browser, engineUrl: string, peerUrl: string): Race[] {
  const work: Work = { config: plain(), networks: 1 };
  const others = peers.flatMap(({ kind, names }) =>
    names.map(name => peerEntry(subject(kind, name, work), name, browser, peerUrl)),
  );
  const engine = headlessEntry(
    subject('engine of the page, in a worker', 'browser', work),
    browser,
    engineUrl,
  );
  return [{ entries: [native(work), ...against(work, [engine, ...others])] }];
}

/** PyTorch, where it is installed. */
export function pytorchRaces(): Race[] {
  const work: Work = { config: plain(), networks: 1 };
  const autograd = pytorchEntry(subject('PyTorch, autograd', 'torch-autograd', work), 'autograd');
  const sparse = pytorchEntry(subject('PyTorch, sparse, by hand', 'torch-sparse', work), 'sparse');
  return [{ entries: [native(work), ...against(work, [autograd, sparse])] }];
}
