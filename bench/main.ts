import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { openGpu } from '../cli/dawn.ts';
import { DeepHtmError } from '../engine/errors.ts';
import { openDevice } from '../engine/gpu/device.ts';
import { type BenchArguments, benchUsage, parseBenchArguments, type Section } from './arguments.ts';
import { launchBrowser, type Site, serveApp, serveEngine, servePeers } from './browser.ts';
import { peersInstalled } from './browser-contestant.ts';
import { latencyFigures } from './engine-contestant.ts';
import type { Figure } from './figure.ts';
import { goalsOf } from './goals.ts';
import { readouts } from './networks.ts';
import { pageFigures } from './page-figures.ts';
import { type Row, race } from './race.ts';
import { goalTable, renderedDocument, resultText } from './report.ts';
import { keepResults, type Machine, type Results, readResults } from './results.ts';
import { engineRaces, networkRaces, peerRaces, pytorchRaces, type Race, sizeRaces } from './sections.ts';

const root = import.meta.dirname;
const resultFolder = join(root, 'results');
const document = join(root, '../docs/performance.md');

/** Only where a real GPU has room and lanes for them. */
const mostNetworks = 128;

/** At least five measurements of each, long enough that starting them does not count. */
const thorough = {
  race: { rounds: 5, seconds: 0.8 },
  counts: [4, 16, 64],
  page: { loads: 5, rounds: 5, seconds: 4 },
};
const quick: typeof thorough = {
  race: { rounds: 5, seconds: 0.2 },
  counts: [4],
  page: { loads: 1, rounds: 2, seconds: 2 },
};

const started = performance.now();
const onProgress = (doing: string) =>
  console.error(`${((performance.now() - started) / 1000).toFixed(0).padStart(5)} s  ${doing}`);

async function measure({ only, quick: short }: BenchArguments): Promise<Results> {
  const scale = short ? quick : thorough;
  const machine = await describeMachine();
  // Without a GPU one readout says enough of many and of large networks, and takes minutes.
  const of = machine.hardware ? readouts : (['predictive'] as const);
  const rows: Row[] = [];
  const figures: Figure[] = [];
  const runRaces = async (races: readonly Race[]) => {
    for (const { entries, options } of races) {
      rows.push(...(await race(entries, { ...scale.race, onProgress, ...options })));
    }
  };
  const parts: Record<Section, () => Promise<void>> = {
    engines: () => runRaces(engineRaces(short)),
    networks: () =>
      runRaces(networkRaces(machine.hardware ? [...scale.counts, mostNetworks] : scale.counts, of)),
    sizes: () => runRaces(sizeRaces(short, of)),
    peers: () =>
      withBrowser([serveEngine, serveInstalledPeers], async (browser, [engine, peers]) =>
        runRaces(peerRaces(browser, engine!, peers!)),
      ),
    pytorch: () => runRaces(pytorchRaces()),
    async page() {
      figures.push(...(await latencyFigures()));
      await withBrowser([serveApp, serveEngine], async (browser, [app, engine]) => {
        figures.push(...(await pageFigures(browser, app!, engine!, scale.page)));
      });
    },
  };
  for (const part of only) await parts[part]();
  return { machine, rows: onlyOnce(rows), figures };
}

/** Native C runs in every race; the first time counts. */
const onlyOnce = (rows: readonly Row[]): Row[] =>
  rows.filter(({ id }, at) => rows.findIndex(other => other.id === id) === at);

async function withBrowser(
  sites: readonly (() => Promise<Site>)[],
  use: (browser: Browser, urls: string[]) => Promise<void>,
): Promise<void> {
  const served: Site[] = [];
  let browser: Browser | undefined;
  try {
    for (const serve of sites) served.push(await serve());
    browser = await launchBrowser();
    await use(
      browser,
      served.map(site => site.url),
    );
  } finally {
    await browser?.close();
    for (const site of served) await site.close();
  }
}

async function serveInstalledPeers(): Promise<Site> {
  if (!peersInstalled()) {
    console.error('Installing the peers into bench/node_modules.');
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const installed = spawnSync(npm, ['ci', '--ignore-scripts'], { cwd: root, stdio: 'inherit' });
    if (installed.status !== 0)
      throw new Error('The peers could not be installed: run "npm ci" in bench/, or leave --only peers out.');
  }
  return servePeers();
}

/** The machine, by the adapter that the GPU engine would get. */
async function describeMachine(): Promise<Machine> {
  const cores = `${availableParallelism()} cores, no GPU`;
  try {
    const device = await openDevice(await openGpu());
    const { name, software } = device.summary;
    device.destroy();
    return software ? { name: cores, hardware: false } : { name, hardware: true };
  } catch (error) {
    if (error instanceof DeepHtmError) return { name: cores, hardware: false };
    throw error;
  }
}

const writeDocument = (): void =>
  writeFileSync(document, renderedDocument(readFileSync(document, 'utf8'), readResults(resultFolder)));

async function main(): Promise<void> {
  const args = parseBenchArguments(process.argv.slice(2));
  if (args === 'help') {
    console.log(benchUsage);
    return;
  }
  if (args.render) {
    writeDocument();
    return;
  }
  const results = await measure(args);
  const { machine, rows, figures } = results;
  const goals = goalTable(goalsOf(rows, figures, rows));
  console.log(`${machine.name}\n\n${resultText(results, 'all')}\n\n${goals}`);
  if (args.quick) return;
  keepResults(resultFolder, results);
  writeDocument();
  console.log(`\nKept in ${resultFolder}, written to ${document}`);
}

try {
  await main();
  // Browsers and Dawn may keep the process alive.
  process.exit(0);
} catch (error) {
  console.error(error instanceof DeepHtmError ? `${error.name}: ${error.message}` : error);
  process.exit(1);
}
