/** Each story, by the preset that it begins with. */
export const stories = [
  { name: 'memory', title: 'Why memory matters', preset: 'no-memory' },
  { name: 'dead-columns', title: 'Dead columns', preset: 'dead-columns' },
  { name: 'bursting', title: 'What bursting does', preset: 'high-order' },
  { name: 'divergence', title: 'Divergence and its cure', preset: 'divergence' },
  { name: 'dream', title: 'Dream', preset: 'sine-incommensurate' },
] as const;

export type StoryName = (typeof stories)[number]['name'];
