import { plainNumber } from '../shared/typed-number.ts';

/** A whole number from 0 to `most` that a person typed; null where it is none. */
export function typedIndex(text: string, most: number): number | null {
  const plain = plainNumber(text);
  return /^\d+$/.test(plain) && Number(plain) <= most ? Number(plain) : null;
}
