import { symbols } from '../data/symbols.ts';
import { ConfigError } from '../errors.ts';
import type { LiveParameters } from '../network.ts';
import { type NetworkConfig, NetworkSchema, parseSettings, type Settings, SignalSchema } from './config.ts';

export type SettingValue = string | number | readonly number[];

/** Where each setting stands: a network field's own name, `signal.x`, or `seed`. */
export const settingPaths: readonly string[] = [
  ...Object.keys(SignalSchema.entries).map(field => `signal.${field}`),
  ...Object.keys(NetworkSchema.entries),
  'seed',
];

const liveSettings: Record<keyof LiveParameters, true> = {
  learningRate: true,
  finalRate: true,
  decay: true,
  encoderRate: true,
  memoryRate: true,
  biasRate: true,
  warmup: true,
  inputNoise: true,
  finalInputNoise: true,
  inputNoiseSteps: true,
  errorClip: true,
  homeostasisRate: true,
  boostStrength: true,
  conscience: true,
  dutyRate: true,
  beta1: true,
  beta2: true,
  epsilon: true,
};

/** The settings among those of a network that a running one takes at once. */
export function liveParameters(config: NetworkConfig): LiveParameters {
  const names = Object.keys(liveSettings) as (keyof LiveParameters)[];
  return Object.fromEntries(names.map(name => [name, config[name]])) as unknown as LiveParameters;
}

/** Whether a running network takes a setting at once; for any other a new run has to begin. */
export const isLive = (path: string): boolean =>
  path in liveSettings || (path.startsWith('signal.') && path !== 'signal.wave');

/** The value that `settings` holds at a path. @throws ConfigError for an unknown path. */
export function settingAt(settings: Settings, path: string): SettingValue {
  if (!settingPaths.includes(path)) throw new ConfigError(path, 'there is no setting of this name');
  if (path === 'seed') return settings.seed;
  const [root, field] = path.startsWith('signal.')
    ? ['signal' as const, path.slice(7)]
    : ['network' as const, path];
  return (settings[root] as Record<string, SettingValue>)[field]!;
}

/** Paths whose values are not the same in `a` and `b`. */
export const differingPaths = (a: Settings, b: Settings): string[] =>
  a === b ? [] : settingPaths.filter(path => String(settingAt(a, path)) !== String(settingAt(b, path)));

/**
 * New settings with one value changed, all of them validated. Only a change of wave brings another with it: symbols need
 * as many channels as there are, which are not what the next wave needs.
 * @throws ConfigError
 */
export function withSetting(settings: Settings, path: string, value: SettingValue): Settings {
  settingAt(settings, path);
  if (path === 'seed') return parseSettings({ ...settings, seed: value });
  if (path.startsWith('signal.')) {
    const signal = { ...settings.signal, [path.slice(7)]: value };
    return parseSettings({ ...settings, signal, network: withChannels(settings, signal.wave) });
  }
  return parseSettings({ ...settings, network: { ...settings.network, [path]: value } });
}

function withChannels({ network, signal }: Settings, wave: string): NetworkConfig {
  if ((wave === 'highOrder') === (signal.wave === 'highOrder')) return network;
  return { ...network, inputs: wave === 'highOrder' ? symbols.length : 1 };
}
