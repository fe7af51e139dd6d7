import * as v from 'valibot';
import type { EngineRequest } from '../../engine/engine-choice.ts';
import { type Preset, presets } from '../../engine/model/presets.ts';

const EngineSchema = v.picklist(['auto', 'gpu', 'cpu']);

/** What the page's address asks for. */
export interface Address {
  engine: EngineRequest;
  preset: Preset;
  /** Parameters that ask for what does not exist; they are as if they were not there. */
  problems: { parameter: string; value: string; allowed: readonly string[] }[];
}

/** Reads `?engine=auto|gpu|cpu` and `?preset=NAME`. */
export function readAddress(search: string): Address {
  const query = new URLSearchParams(search);
  const address: Address = { engine: 'auto', preset: presets[0]!, problems: [] };

  const engine = query.get('engine');
  if (engine !== null) {
    const result = v.safeParse(EngineSchema, engine);
    if (result.success) address.engine = result.output;
    else address.problems.push({ parameter: 'engine', value: engine, allowed: EngineSchema.options });
  }

  const name = query.get('preset');
  if (name !== null) {
    const preset = presets.find(p => p.name === name);
    if (preset) address.preset = preset;
    else address.problems.push({ parameter: 'preset', value: name, allowed: presets.map(p => p.name) });
  }
  return address;
}
