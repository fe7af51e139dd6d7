/**
 * What Babel writes into each file of Recharts for browsers of 2015, once and in today's words. The names are Babel's.
 */
type Fields = Record<PropertyKey, unknown>;

export const _extends = Object.assign;
export const _objectSpread = Object.assign;

export const _defineProperty = (of: object, name: PropertyKey, value: unknown): object =>
  Object.defineProperty(of, name, { value, enumerable: true, configurable: true, writable: true });

export function _objectWithoutProperties(
  of: Fields | null | undefined,
  without: readonly PropertyKey[],
): Fields {
  const rest = { ...of };
  for (const name of without) delete rest[name];
  return rest;
}

export const _slicedToArray = (of: Iterable<unknown>, length: number): unknown[] =>
  Array.isArray(of) ? of : [...of].slice(0, length);
