import { differingPaths, isLive, settingAt } from '../../engine/model/settings.ts';
import type { Trainer } from '../../engine/trainer.ts';

/** Gives a trainer that takes up an earlier state of a run what was changed since: live settings and mode. */
export function carryOver(from: Pick<Trainer, 'settings' | 'mode'>, to: Trainer): void {
  for (const path of differingPaths(to.settings, from.settings))
    if (isLive(path)) to.set(path, settingAt(from.settings, path));
  to.setMode(from.mode);
}
