/** Running maxima by name: they rise at once and sink slowly, so that a picture does not breathe with every frame. */
export class Scales {
  readonly #most = new Map<string, number>();
  #step = 0;

  /** Frames come in order; one from before starts all over. */
  begin(step: number): void {
    if (step < this.#step) this.#most.clear();
    this.#step = step;
  }

  /** The largest of `values`, now or lately; at least a tiny positive number. */
  most(name: string, values: Float32Array): number {
    let most = Math.max(1e-6, (this.#most.get(name) ?? 0) * 0.97);
    for (const value of values) if (value > most) most = value;
    this.#most.set(name, most);
    return most;
  }
}
