import { FileUp, X } from 'lucide-react';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import {
  type CsvTable,
  mostCsvBytes,
  mostCsvNumbers,
  mostCsvRows,
  readCsv,
  requireCsvSize,
} from '../../engine/data/csv.ts';
import { firstChoice, ownData, settingsForData } from '../../engine/data/own-data.ts';
import { ConfigError, FileError } from '../../engine/errors.ts';
import { formatCount } from '../charts/figures.ts';
import { locale } from '../shared/locale.ts';
import { openRun, useRun } from '../state/run.ts';
import { closeOwnData } from './own-data-state.ts';
import './own-data.css';

const delimiterNames: Record<string, string> = {
  ',': 'commas',
  ';': 'semicolons',
  '\t': 'tabs',
  '|': 'bars',
};
const figures = new Intl.NumberFormat([...locale], { maximumSignificantDigits: 4 });

interface OwnDataDialogProps {
  /** Already chosen, by dropping it. */
  given: File | null;
}

/** Loads a table of numbers, and starts a run that learns some of its columns. */
export default function OwnDataDialog({ given }: OwnDataDialogProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const [table, setTable] = useState<{ name: string; csv: CsvTable } | null>(null);
  const [chosen, setChosen] = useState<readonly number[]>([]);
  const [problem, setProblem] = useState<string | null>(null);

  useLayoutEffect(() => {
    dialog.current?.showModal();
  }, []);

  const load = async (file: File) => {
    setProblem(null);
    setTable(null);
    try {
      requireCsvSize(file.size);
      const csv = readCsv(new Uint8Array(await file.arrayBuffer()));
      setTable({ name: file.name, csv });
      setChosen(firstChoice(csv));
    } catch (error) {
      setProblem(
        error instanceof FileError ? error.message : 'The browser could not read the file. Choose it again.',
      );
    }
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: a dropped file is read once
  useEffect(() => {
    if (given) void load(given);
  }, [given]);

  const start = () => {
    if (!table) return;
    try {
      const data = ownData(table.name, table.csv, chosen);
      openRun(settingsForData(useRun.getState().edited, data), data);
      dialog.current?.close();
    } catch (error) {
      if (!(error instanceof FileError) && !(error instanceof ConfigError)) throw error;
      setProblem(error.message);
    }
  };

  return (
    <dialog ref={dialog} className="own-data" aria-labelledby={id} onClose={closeOwnData}>
      <div className="own-data-header">
        <h2 id={id}>Learn your own data</h2>
        <button
          type="button"
          className="button button-icon"
          aria-label="Close"
          onClick={() => dialog.current?.close()}
        >
          <X size="1rem" aria-hidden />
        </button>
      </div>
      <p>
        A CSV file with a row for each step: commas, semicolons or tabs between values, with or without a
        header. At most {formatCount(mostCsvBytes / 1e6)} MB, {formatCount(mostCsvRows)} rows and{' '}
        {formatCount(mostCsvNumbers)} numbers. It stays in this browser.
      </p>
      <button type="button" className="button" onClick={() => picker.current?.click()}>
        <FileUp size="0.9375rem" aria-hidden />
        {table ? 'Choose another file…' : 'Choose a file…'}
      </button>
      <input
        ref={picker}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hidden
        aria-label="CSV file"
        onChange={event => {
          const file = event.target.files?.[0];
          if (file) void load(file);
          event.target.value = '';
        }}
      />
      <p className="own-data-problem" role="alert">
        {problem}
      </p>
      {table ? (
        <>
          <p>
            <strong>{table.name}</strong>: {formatCount(table.csv.rows)} rows between{' '}
            {delimiterNames[table.csv.delimiter]}, {table.csv.hasHeader ? 'with' : 'without'} a header
            {table.csv.decimal === ',' ? ', decimal commas' : ''}.
            {table.csv.others.length > 0 ? ` Not numbers: ${table.csv.others.slice(0, 5).join(', ')}.` : ''}
          </p>
          <fieldset className="own-data-columns">
            <legend>Columns to learn, a channel each</legend>
            {table.csv.columns.map((column, index) => (
              <Column
                // biome-ignore lint/suspicious/noArrayIndexKey: two columns may have one name
                key={index}
                column={column}
                chosen={chosen.includes(index)}
                onChoose={on =>
                  setChosen(before =>
                    (on ? [...before, index] : before.filter(i => i !== index)).sort((a, b) => a - b),
                  )
                }
              />
            ))}
          </fieldset>
          <p>
            Each channel is shifted by its mean and divided by its largest distance from it, so that it lies
            within ±1 like the waves. After the last row it begins again at the first. The data are kept with
            the run and in its weights file; a link cannot hold them.
          </p>
          <button
            type="button"
            className="button button-primary"
            disabled={chosen.length === 0}
            onClick={start}
          >
            Start a new run on {chosen.length === 1 ? '1 column' : `${formatCount(chosen.length)} columns`}
          </button>
        </>
      ) : null}
    </dialog>
  );
}

interface ColumnProps {
  column: CsvTable['columns'][number];
  chosen: boolean;
  onChoose: (chosen: boolean) => void;
}

/** A column, its range, and what keeps it from being learned. */
function Column({ column: { name, values, problem }, chosen, onChoose }: ColumnProps) {
  const range = () => {
    let least = Number.POSITIVE_INFINITY;
    let most = Number.NEGATIVE_INFINITY;
    for (const value of values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return `${figures.format(least)} to ${figures.format(most)}`;
  };
  return (
    <label className="own-data-column">
      <input
        type="checkbox"
        checked={chosen}
        disabled={problem !== null}
        onChange={event => onChoose(event.target.checked)}
      />
      <span>
        {name}
        <small>{problem ?? range()}</small>
      </span>
    </label>
  );
}
