/** Whose way of writing numbers the page follows: the browser's languages, in their order. Outside of a page, English. */
export const locale: readonly string[] =
  typeof document === 'undefined' ? ['en-US'] : [...navigator.languages];
