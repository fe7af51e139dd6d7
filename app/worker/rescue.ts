import { parameters, settingAt } from '../../engine/model/parameters.ts';
import type { Trainer } from '../../engine/trainer.ts';

/** Gives a trainer that takes up an earlier state of a run what was changed since: live settings and mode. */
export function carryOver(from: Pick<Trainer, 'settings' | 'mode'>, to: Trainer): void {
  for (const { path, effect } of parameters) {
    const value = settingAt(from.settings, path);
    if (effect === 'live' && value !== settingAt(to.settings, path)) to.set(path, value);
  }
  to.setMode(from.mode);
}
