import { expect, it } from 'vitest';
import { heapParts } from './heap-parts.ts';

it('tells what scripts hold from what runs them, and leaves out what is the browser’s', () => {
  const types = ['hidden', 'object', 'native', 'code', 'string'];
  // An object of 16 bytes and a string of 20, code of 100 and 7, a node of the page, and a root.
  const nodes = [1, 0, 16, 3, 1, 100, 2, 2, 5000, 4, 3, 20, 3, 4, 7, 0, 5, 1];
  const snapshot = { meta: { node_fields: ['type', 'name', 'self_size'], node_types: [types] } };
  expect(heapParts(JSON.stringify({ snapshot, nodes }))).toEqual({ objects: 37, code: 107 });
});
