import { differingPaths, parameterAt, settingAt } from '../../engine/model/parameters.ts';
import type { Trainer } from '../../engine/trainer.ts';

/** Gives a trainer that takes up an earlier state of a run what was changed since: live settings and mode. */
export function carryOver(from: Pick<Trainer, 'settings' | 'mode'>, to: Trainer): void {
  for (const path of differingPaths(to.settings, from.settings))
    if (parameterAt(path)?.effect === 'live') to.set(path, settingAt(from.settings, path));
  to.setMode(from.mode);
}
