/**
 * What the glossary explains, and the words by which a text means it. Here and not beside the explanations, because any
 * text of the page marks these words, and the explanations are loaded when they are asked for.
 */
export const termNames: Readonly<Record<string, readonly string[]>> = {
  'active-cell': ['active cell'],
  anomaly: ['anomaly'],
  backpropagation: ['backpropagation'],
  boosting: ['boosting', 'boost'],
  bursting: ['bursting', 'burst'],
  cell: ['cell'],
  column: ['column', 'minicolumn'],
  conscience: ['conscience'],
  context: ['context'],
  decoder: ['decoder'],
  'distal-weight': ['distal weight', 'distal'],
  divergence: ['divergence', 'diverges', 'diverged'],
  'duty-cycle': ['duty cycle'],
  encoder: ['encoder'],
  entropy: ['entropy'],
  'free-run': ['free run', 'dream', 'dreaming'],
  freeze: ['freeze', 'frozen'],
  gate: ['gate'],
  gradient: ['gradient'],
  'high-order': ['high-order'],
  homeostasis: ['homeostasis'],
  htm: ['HTM', 'hierarchical temporal memory'],
  inhibition: ['inhibition'],
  'input-noise': ['input noise'],
  'learning-rate': ['learning rate'],
  loss: ['loss', 'mean squared error'],
  'no-memory-floor': ['no-memory floor', 'no-memory'],
  normalise: ['normalise', 'normalising'],
  'normalised-step': ['normalised step'],
  online: ['online'],
  optimiser: ['optimiser'],
  overlap: ['overlap'],
  permanence: ['permanence'],
  persistence: ['persistence'],
  'predictive-cell': ['predictive cell', 'predictive'],
  ratio: ['ratio'],
  readout: ['readout'],
  rmse: ['RMSE', 'root mean squared error'],
  seed: ['seed'],
  snapshot: ['snapshot'],
  sdr: ['sparse distributed representation', 'SDR'],
  'spatial-pooler': ['spatial pooler', 'pooler'],
  step: ['time step'],
  'temporal-memory': ['temporal memory'],
  'tuning-curve': ['tuning curve'],
  unroll: ['unroll', 'unrolling'],
  // A word that stands everywhere, and need not be marked.
  weight: [],
  winner: ['winner', 'winning column'],
};

const byWord = new Map(
  Object.entries(termNames).flatMap(([id, names]) => names.map(name => [name.toLowerCase(), id] as const)),
);
// The longest first, so that "predictive cell" is not taken for "predictive".
const words = [...byWord.keys()].sort((a, b) => b.length - a.length).join('|');
const pattern = new RegExp(`(?<![\\w-])(${words})(s|es)?(?![\\w-])`, 'gi');

/** A stretch of a text: plain, or a term that can be looked up. */
export interface Stretch {
  readonly text: string;
  readonly term: string | null;
}

/** Cuts a text where terms are named, each where it comes first. @param known terms that need no mark */
export function markTerms(text: string, known: readonly string[] = []): Stretch[] {
  const seen = new Set(known);
  const stretches: Stretch[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const term = byWord.get(match[1]!.toLowerCase())!;
    if (seen.has(term)) continue;
    seen.add(term);
    if (match.index > from) stretches.push({ text: text.slice(from, match.index), term: null });
    stretches.push({ text: match[0], term });
    from = match.index + match[0].length;
  }
  if (from < text.length) stretches.push({ text: text.slice(from), term: null });
  return stretches;
}
