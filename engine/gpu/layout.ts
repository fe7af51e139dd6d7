/** A part of one of the network's buffers, in the buffer's own elements; what phases read and write. */
export interface Region {
  readonly store: StoreName;
  readonly offset: number;
  readonly size: number;
}

/** weights and units hold vec4f, sparse and clock hold words; see shaders/network.wgsl. */
export type StoreName = 'weights' | 'units' | 'sparse' | 'clock';

/** Gives out regions of one buffer, one after the other. Sizes are those of one network. */
export class Store {
  readonly name: StoreName;
  #size = 0;

  constructor(name: StoreName) {
    this.name = name;
  }

  /** In elements. */
  get size(): number {
    return this.#size;
  }

  allocate(size: number): Region {
    const region = { store: this.name, offset: this.#size, size };
    this.#size += size;
    return region;
  }
}

/** The buffers of a network while its layers are built. */
export class Layout {
  readonly weights = new Store('weights');
  readonly units = new Store('units');
  readonly sparse = new Store('sparse');
  readonly clock: Region = { store: 'clock', offset: 0, size: 7 };
  /** The last word of `Clock`: how far memory and decoder go may be known later than the rest. */
  readonly stepScale: Region = { store: 'clock', offset: 7, size: 1 };
}

/** How many vec4s hold `count` values. */
export const vec4s = (count: number): number => Math.ceil(count / 4);
