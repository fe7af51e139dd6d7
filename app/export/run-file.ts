import Papa from 'papaparse';
import { type ExportedRun, rowsOf, type TableName, tableOf } from './run-tables.ts';

export type RunFormat = 'json' | TableName;

/** All of a run in one file, as `docs/exports.md` describes it. */
export function runAsJson(run: ExportedRun): string {
  const milestones = run.milestones.map(({ step, summary, inputs, target, prediction }) => ({
    step,
    summary,
    target: rowsOf(target, inputs),
    prediction: rowsOf(prediction, inputs),
  }));
  const { name, engine, step, settings, data, summary, history, steps } = run;
  // JSON.stringify turns what is no finite number into null.
  return JSON.stringify({
    format: 'deephtm-run-1',
    name,
    engine,
    step,
    settings,
    data,
    summary,
    history,
    milestones,
    steps,
  });
}

/** One table of a run. Text that a spreadsheet would take for a formula is led by an apostrophe. */
export function runAsCsv(run: ExportedRun, name: TableName): string {
  const { columns, rows } = tableOf[name](run);
  // An explicit list of lines: given fields and data apart, empty data would come out without the names.
  return Papa.unparse([[...columns], ...rows.map(row => [...row])], {
    escapeFormulae: true,
    newline: '\r\n',
  });
}

/** The file, and a name for it as in `deephtm-sine-10000-history.csv`. */
export function runFile(run: ExportedRun, format: RunFormat, stem: string): { blob: Blob; name: string } {
  if (format === 'json')
    return { blob: new Blob([runAsJson(run)], { type: 'application/json' }), name: `${stem}.json` };
  return { blob: new Blob([runAsCsv(run, format)], { type: 'text/csv' }), name: `${stem}-${format}.csv` };
}
