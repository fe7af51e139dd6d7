import { cellState, gatesOf } from './activity.ts';
import { formatFine, formatShare, formatValue, type Known } from './describe.ts';
import type { Unit } from './units.ts';

export interface Description {
  readonly title: string;
  readonly lines: readonly string[];
}

/** A unit's name and its values now. */
export function describe(unit: Unit, known: Known): Description {
  switch (unit.kind) {
    case 'input':
      return { title: 'Input, the present value', lines: signalLines(known.tensors.get('activity.input')) };
    case 'output': {
      const lines = signalLines(known.tensors.get('activity.prediction'));
      if (known.config.inputs === 1 && known.actual !== null && known.activity)
        lines.push(`the next value really was ${formatValue(known.actual)}`);
      return { title: 'Output, the predicted next value', lines };
    }
    case 'encoder':
    case 'decoder': {
      const layers = known.config[unit.kind].length;
      const name = unit.kind === 'encoder' ? 'Encoder' : 'Decoder';
      const activation = known.tensors.get(`activity.${unit.kind}.${unit.index}`)?.[unit.unit];
      return {
        title: `${name}${layers > 1 ? ` layer ${unit.index + 1}` : ''}, unit ${unit.unit}`,
        lines: activation === undefined ? [] : [`activation ${formatFine(activation)}`],
      };
    }
    case 'pooler':
      return { title: `Column ${unit.column}`, lines: columnLines(unit.column, known) };
    case 'memory': {
      if (unit.cell === null)
        return {
          title: `Column ${unit.column}`,
          lines: [...columnLines(unit.column, known), ...cellsLines(unit.column, known)],
        };
      return {
        title: `Cell ${unit.cell} of column ${unit.column}`,
        lines: [...cellLines(unit.column, unit.cell, known), ...scoreLines(unit.column, known)],
      };
    }
  }
}

function signalLines(values: Float32Array | undefined): string[] {
  if (!values) return [];
  const first = [...values.subarray(0, 4)].map(formatValue).join(', ');
  return [values.length > 4 ? `${first}, … (${values.length} channels)` : first];
}

function columnLines(column: number, known: Known): string[] {
  const { config, activity } = known;
  if (!activity) return [];
  const rank = activity.rank[column]!;
  const winning = `winner, rank ${rank + 1} of ${config.winners}`;
  const state =
    rank < 0
      ? 'not among the winners'
      : `${winning}, ${activity.bursting.has(column) ? 'bursting: not predicted' : 'predicted'}`;
  return [state, ...scoreLines(column, known)];
}

function scoreLines(column: number, { tensors, duty }: Known): string[] {
  const score = tensors.get('activity.score')?.[column];
  if (score === undefined) return [];
  return [`column's score ${formatValue(score)} · duty ${formatShare(duty(column))}`];
}

/** Counts of a column's cells by what they do. */
function cellsLines(column: number, { config, tensors, activity }: Known): string[] {
  const previous = tensors.get('previous.predictive');
  const predictive = tensors.get('state.predictive');
  if (!activity || !previous || !predictive) return [];
  let active = 0;
  let expecting = 0;
  for (let m = 0; m < config.cellsPerColumn; m++) {
    const cell = column * config.cellsPerColumn + m;
    const state = cellState(activity, column, previous[cell]!);
    if (state === 'correct' || state === 'burst') active++;
    if (predictive[cell]! > 0) expecting++;
  }
  const cells = `${config.cellsPerColumn} ${config.cellsPerColumn === 1 ? 'cell' : 'cells'}`;
  return [`${cells}: ${active} active, ${expecting} predictive`];
}

export const cellStateInWords = {
  idle: 'idle',
  correct: 'active, correctly predicted',
  burst: 'active by bursting',
  missed: 'had predicted, but its column lost',
} as const;

function cellLines(column: number, cell: number, { config, tensors, activity }: Known): string[] {
  const previous = tensors.get('previous.predictive');
  const index = column * config.cellsPerColumn + cell;
  const active = tensors.get('state.active')?.[index];
  const predictive = tensors.get('state.predictive')?.[index];
  if (!activity || !previous || active === undefined || predictive === undefined) return [];
  const state = cellState(activity, column, previous[index]!);
  const gate = gatesOf(activity, previous, column, config.cellsPerColumn)[cell]!;
  const strength = gate > 0 ? ` ${formatFine(active)} (${formatShare(gate)} of the column)` : '';
  return [
    `${cellStateInWords[state]}${strength}`,
    predictive > 0 ? `predictive for the next step ${formatFine(predictive)}` : 'not predictive',
  ];
}
