import { table } from '../cli/study/table.ts';
import type { Figure } from './figure.ts';
import { type Goal, goalsOf } from './goals.ts';
import type { Row } from './race.ts';
import type { Results } from './results.ts';

const counts = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const shares = new Intl.NumberFormat('en', { style: 'percent', maximumSignificantDigits: 2 });
const ratios = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const none = '–';

/** Where speeds are shown as they are: on the console, and of real GPUs. Elsewhere only ratios mean something. */
export type Speeds = 'all' | 'hardware';

/** The one table: a line for each row. */
export function rowTable(rows: readonly Row[], speeds: Speeds): string {
  const withSpeeds = speeds === 'all' || rows.some(r => r.hardware);
  const header = [
    'engine',
    'driver',
    'adapter',
    'size',
    'readout',
    'rule',
    'networks',
    ...(withSpeeds ? ['steps/s'] : []),
    'native C = 1',
    '±',
    'of copy bandwidth',
    'RMSE (CPU engine), steps',
  ];
  const lines = rows.map(row => {
    const shown = speeds === 'all' || row.hardware;
    const speed = row.stepsPerSecond === null ? '*open*' : shown ? counts.format(row.stepsPerSecond) : none;
    return [
      row.engine,
      row.driver ?? none,
      row.adapter,
      row.size,
      row.readout,
      row.preset === null ? row.optimizer : `${row.preset} preset`,
      String(row.networks),
      ...(withSpeeds ? [speed] : []),
      row.stepsPerSecond === null ? '*open*' : row.ratio === null ? none : ratios.format(row.ratio),
      row.spread === null ? none : shares.format(row.spread),
      row.bandwidthShare === null ? none : shares.format(row.bandwidthShare),
      learned(row),
    ];
  });
  return table(header, lines);
}

function learned({ learning }: Row): string {
  if (!learning) return none;
  const { rmse, reference, steps } = learning;
  return `${rmse.toFixed(3)} (${reference.toFixed(3)}), ${steps}`;
}

/** Why rows are open, each reason once. */
export function problemList(rows: readonly Row[]): string {
  const reasons = new Map<string, string[]>();
  for (const { id, problem } of rows)
    if (problem !== null) reasons.set(problem, [...(reasons.get(problem) ?? []), `\`${id}\``]);
  return [...reasons].map(([problem, ids]) => `- ${ids.join(', ')}: ${problem}`).join('\n');
}

export function figureTable(figures: readonly Figure[], speeds: Speeds): string {
  const lines = figures
    .map(figure => {
      const shown = speeds === 'all' || figure.hardware || figure.unit !== 'ms';
      const value = shown ? `${ratios.format(figure.value)}${figure.unit === 'ms' ? ' ms' : ''}` : null;
      const relative =
        figure.relative && figure.unit === 'ms'
          ? `${ratios.format(figure.relative.value)} × ${figure.relative.to}`
          : null;
      return [figure.name, [value, relative].filter(part => part !== null).join(', ')];
    })
    .filter(([, measured]) => measured !== '');
  return table(['what', 'measured'], lines as string[][]);
}

export const goalTable = (goals: readonly Goal[]): string =>
  table(
    ['goal', 'measured', ''],
    goals.map(({ goal, measured, state }) => [goal, measured ?? none, state === 'open' ? '*open*' : state]),
  );

/** All of what one machine measured. */
export function resultText({ rows, figures }: Results, speeds: Speeds): string {
  const problems = problemList(rows);
  return [
    ...(rows.length > 0 ? [rowTable(rows, speeds)] : []),
    ...(problems ? [`Open rows, and why:\n\n${problems}`] : []),
    ...(figures.length > 0 ? [figureTable(figures, speeds)] : []),
  ].join('\n\n');
}

/** `document` with what all machines measured, between its markers. */
export function renderedDocument(document: string, all: readonly Results[]): string {
  const software = all.filter(({ machine }) => !machine.hardware);
  const goals = goalsOf(
    software.flatMap(({ rows }) => rows),
    software.flatMap(({ figures }) => figures),
    all.flatMap(({ rows }) => rows),
  );
  const parts = all.map(results => `### ${results.machine.name}\n\n${resultText(results, 'hardware')}`);
  return replaceBetween(replaceBetween(document, 'goals', goalTable(goals)), 'results', parts.join('\n\n'));
}

/**
 * Replaces what stands between `<!-- name -->` and `<!-- /name -->`.
 * @throws Error where the markers are missing
 */
export function replaceBetween(document: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = document.indexOf(open);
  const to = document.indexOf(close);
  if (from < 0 || to < from) throw new Error(`The document has no ${open} … ${close} to write between.`);
  return `${document.slice(0, from + open.length)}\n\n${text}\n\n${document.slice(to)}`;
}
