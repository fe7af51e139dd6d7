import { hasPeriod } from '../../engine/data/signal.ts';
import type { Settings } from '../../engine/model/config.ts';
import type { Group } from '../../engine/model/parameters.ts';
import { valueLabel } from './edits.ts';

interface GroupWords {
  readonly group: Group;
  readonly label: string;
  /** Its main values in a few words, for when it is closed. */
  readonly summary: (settings: Settings) => string;
}

const cells = (count: number): string => (count === 1 ? '1 cell a column' : `${count} cells a column`);

/** In the order in which a value passes through the network. */
export const groups: readonly GroupWords[] = [
  {
    group: 'signal',
    label: 'Signal',
    summary: ({ signal }) =>
      valueLabel('signal.wave', signal.wave) +
      (hasPeriod(signal) ? `, ${valueLabel('signal.period', signal.period)} steps` : ''),
  },
  {
    group: 'encoder',
    label: 'Encoder',
    summary: ({ network }) => `${network.encoder.join(', ')} units`,
  },
  {
    group: 'pooler',
    label: 'Spatial pooler',
    summary: ({ network }) => `${network.winners} of ${network.columns} win`,
  },
  {
    group: 'memory',
    label: 'Temporal memory',
    summary: ({ network }) => cells(network.cellsPerColumn),
  },
  {
    group: 'decoder',
    label: 'Decoder',
    summary: ({ network }) => `reads ${valueLabel('readout', network.readout).toLowerCase()}`,
  },
  {
    group: 'learning',
    label: 'Learning',
    summary: ({ network }) =>
      `${valueLabel('optimizer', network.optimizer)}, ${valueLabel('learningRate', network.learningRate)}`,
  },
];
