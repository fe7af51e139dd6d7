import type { Settings } from '../../engine/model/config.ts';
import { defaultPreset, type Preset, presets } from '../../engine/model/presets.ts';
import { differingPaths } from '../../engine/model/settings.ts';

/** The preset that settings differ from least, whatever the seed; the first of several. */
export function nearestPreset(settings: Settings): { preset: Preset; changed: number } {
  let nearest = { preset: defaultPreset, changed: Number.POSITIVE_INFINITY };
  for (const preset of presets) {
    const changed = differingPaths(preset.settings, settings).filter(path => path !== 'seed').length;
    if (changed < nearest.changed) nearest = { preset, changed };
  }
  return nearest;
}
