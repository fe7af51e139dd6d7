/** The phases of a step, in order. */
export const phases = [
  { name: 'encode', label: 'Encode' },
  { name: 'overlap', label: 'Overlap' },
  { name: 'inhibit', label: 'Inhibit' },
  { name: 'predict', label: 'Predict' },
  { name: 'decode', label: 'Decode' },
  { name: 'backward', label: 'Backward' },
  { name: 'update', label: 'Update' },
] as const;

export type PhaseName = (typeof phases)[number]['name'];

/** Which tensors of a frame a phase computes; later ones still have the values of the step before. */
const computes: Partial<Record<PhaseName, RegExp>> = {
  encode: /^activity\.(input|encoder\..*)$/,
  overlap: /^(activity\.(overlap|score)|pooler\.(mean|variance))$/,
  inhibit: /^(activity\.(winners|column)|pooler\.duty|previous\..*)$/,
  predict: /^state\./,
  decode: /^activity\.(decoder\..*|prediction)$/,
};

type Tensors = ReadonlyMap<string, Float32Array>;

/** What the network holds during a phase: what has been computed so far, and else what the step before left. */
export function tensorsDuring(phase: PhaseName, before: Tensors, after: Tensors): Map<string, Float32Array> {
  const done = phases.slice(0, phases.findIndex(p => p.name === phase) + 1).map(p => computes[p.name]);
  const known = (name: string) => done.some(pattern => pattern?.test(name));
  return new Map(
    Array.from(after, ([name, values]) => [name, known(name) ? values : (before.get(name) ?? values)]),
  );
}
