/** What an embedded page shows. */
export const embedParts = ['network', 'strip', 'error'] as const;
export type EmbedPart = (typeof embedParts)[number];

/** In a frame narrower than this the network does not fit. */
const leastNetworkWidth = 560;

/**
 * Reads `?embed=network|strip|error`; any other word, or none, means what fits a frame of this width.
 * @returns null for a whole page
 */
export function embedPartOf(search: string, width: number): EmbedPart | null {
  const asked = new URLSearchParams(search).get('embed');
  if (asked === null) return null;
  return embedParts.find(part => part === asked) ?? (width < leastNetworkWidth ? 'strip' : 'network');
}

/** Whether this page stands in a frame of another, and what of it. */
export const embedded: EmbedPart | null =
  typeof location === 'undefined' ? null : embedPartOf(location.search, innerWidth);
