import { locale } from './locale.ts';

/** What a language writes between whole and fraction, and between thousands. */
interface Separators {
  readonly decimal: string;
  readonly group: string;
}

function separatorsOf(languages: readonly string[]): Separators {
  const parts = new Intl.NumberFormat([...languages]).formatToParts(-12345.6);
  const part = (type: string) => parts.find(p => p.type === type)?.value;
  return { decimal: part('decimal') ?? '.', group: part('group') ?? ',' };
}

const here = separatorsOf(locale);

/** Blanks of any width and apostrophes only ever group digits. */
const plainGroups = /(?<=\d)[\s_'’](?=\d{3}(?:\D|$))/g;
/** Arabic and Persian digits and marks as Latin ones. */
const inLatin = (text: string): string =>
  text
    .replace(/[٠-٩۰-۹]/g, digit => String(digit.charCodeAt(0) & 15))
    .replaceAll('٫', '.')
    .replaceAll('٬', ' ');
const numeral = /^([+-]?)([\d.,]+)(e[+-]?\d+)?$/i;

/**
 * A number that a person typed, written as JavaScript reads it: `1.234,5` of a German, `1,234.5` and `0,05` all mean one
 * thing only. Where a point or comma could group or divide, as in `1.234`, the language decides. Text that is no number
 * comes back as it was, without blanks around it.
 * @param separators of the language; default the browser's
 */
export function plainNumber(text: string, separators: Separators = here): string {
  const trimmed = text.trim();
  const [, sign, digits, exponent] =
    numeral.exec(inLatin(trimmed).replace('−', '-').replace(plainGroups, '')) ?? [];
  if (sign === undefined || digits === undefined) return trimmed;
  const marks = [...digits.matchAll(/[.,]/g)];
  const kinds = new Set(marks.map(m => m[0]));
  if (marks.length === 0) return `${sign}${digits}${exponent ?? ''}`;

  const last = marks.at(-1)!;
  const grouped = /^[1-9]\d{0,2}([.,])\d{3}(\1\d{3})*$/.test(digits);
  // Two kinds: the last one divides. One kind: it groups where it must, or where it can and the language says so.
  const divides = kinds.size === 2 || !(grouped && (marks.length > 1 || last[0] !== separators.decimal));
  if (!divides) return `${sign}${digits.replace(/[.,]/g, '')}${exponent ?? ''}`;
  const whole = digits.slice(0, last.index);
  const fraction = digits.slice(last.index + 1);
  const wholeIsGood = kinds.size === 1 ? !/[.,]/.test(whole) : /^\d{1,3}([.,]\d{3})+$/.test(whole);
  return wholeIsGood ? `${sign}${whole.replace(/[.,]/g, '')}.${fraction}${exponent ?? ''}` : trimmed;
}

/** A number as its field shows it: all of its digits, with the language's decimal mark, and no groups. */
export const typedNumber = (value: number, { decimal }: Separators = here): string =>
  String(value).replace('.', decimal);
