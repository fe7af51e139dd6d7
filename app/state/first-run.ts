import { badParameter } from '../notices/notice-texts.ts';
import { readAddress } from './address.ts';
import { hearReports } from './reports.ts';
import { choosePreset, notify, play, useRun } from './run.ts';

/** Starts the run that the page's address asks for, and plays it. */
export function startFirstRun(): void {
  hearReports();
  const { engine, preset, problems } = readAddress(location.search);
  for (const problem of problems) notify(badParameter(problem));
  useRun.setState({ requested: engine });
  choosePreset(preset);
  play();
}
