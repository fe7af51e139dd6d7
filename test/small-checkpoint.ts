import { SignalStream } from '../engine/data/stream.ts';
import { type Checkpoint, encodeCheckpoint } from '../engine/file/checkpoint.ts';
import { encodeSafetensors, type Tensor } from '../engine/file/safetensors.ts';
import { decodeSafetensors } from '../engine/file/safetensors-reader.ts';
import { type NetworkConfig, parseSettings, type Settings } from '../engine/model/config.ts';
import { initialState } from '../engine/model/initialise.ts';
import { defaultPreset } from '../engine/model/presets.ts';

export const smallNetwork: NetworkConfig = {
  ...defaultPreset.settings.network,
  encoder: [3, 2],
  columns: 4,
  winners: 2,
  cellsPerColumn: 2,
  decoder: [3],
};

/** The checkpoint of a run that has not learned yet, in the middle of its signal. */
export function checkpointOf(network: Partial<NetworkConfig> = {}, rest: Partial<Settings> = {}): Checkpoint {
  const settings = parseSettings({
    ...defaultPreset.settings,
    ...rest,
    network: { ...smallNetwork, ...network },
  });
  const stream = new SignalStream(settings.signal, settings.network.inputs, settings.seed);
  stream.rows(17);
  return { settings, state: initialState(settings.network, settings.seed), stream: stream.state() };
}

/** A file of the checkpoint with its tensors or metadata changed. */
export function altered(
  change: (tensors: Map<string, Tensor>, metadata: Record<string, string>) => void,
  network: Partial<NetworkConfig> = {},
): Uint8Array {
  const { tensors, metadata } = decodeSafetensors(encodeCheckpoint(checkpointOf(network)));
  change(tensors, metadata);
  return encodeSafetensors(tensors, metadata);
}

const waveOf = (wave: Settings['signal']['wave']) => ({ signal: { ...defaultPreset.settings.signal, wave } });
export const symbols = () => checkpointOf({ inputs: 6 }, waveOf('highOrder'));
export const mackeyGlass = () => checkpointOf({}, waveOf('mackeyGlass'));
