/** The parts of a JavaScript heap, in bytes. */
export interface HeapParts {
  /** What scripts hold: objects, closures, strings, arrays, numbers, shapes. Typed arrays' values are not among them. */
  objects: number;
  /** What the engine made of scripts to run them: bytecode, machine code, and what it learned of types. */
  code: number;
}

interface Snapshot {
  snapshot: { meta: { node_fields: string[]; node_types: [string[], ...unknown[]] } };
  nodes: number[];
}

/** @param text a heap snapshot, as V8 writes it: of what is alive, at one moment */
export function heapParts(text: string): HeapParts {
  const { snapshot, nodes } = JSON.parse(text) as Snapshot;
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, size] = [fields.indexOf('type'), fields.indexOf('self_size')];
  const parts = { objects: 0, code: 0 };
  for (let at = 0; at < nodes.length; at += fields.length) {
    const name = types[0][nodes[at + type]!];
    // The browser's own: DOM nodes, and sources of scripts.
    if (name === 'native') continue;
    parts[name === 'code' ? 'code' : 'objects'] += nodes[at + size]!;
  }
  return parts;
}
