/** A one-step predictor of one or more channels that learns as it goes: what DeepHTM is measured against. */
export interface Predictor {
  /** Channels of a value. */
  readonly inputs: number;
  /** While false it only predicts; what it knows stands still. */
  learning: boolean;
  /**
   * Takes the present value, [inputs], learns how far its last prediction was off, and predicts the next value.
   * @returns [inputs], valid until the next call
   */
  step(input: ArrayLike<number>): ArrayLike<number>;
}
