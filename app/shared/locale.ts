/** Of languages as browsers name them; some Linux systems have names such as `en-US@posix`, which Intl refuses. */
export const numberLocales = (languages: readonly string[]): string[] =>
  languages.flatMap(language => {
    try {
      // Digits of one kind: those of the English words that they stand among.
      return new Intl.Locale(language, { numberingSystem: 'latn' }).toString();
    } catch {
      return [];
    }
  });

/** Whose way of writing numbers the page follows: the browser's languages, in their order. Outside of a page, English. */
export const locale: readonly string[] =
  typeof document === 'undefined' ? ['en-US'] : numberLocales(navigator.languages);
