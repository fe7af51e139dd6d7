/** A one-step predictor of a single channel that learns as it goes: what DeepHTM is measured against. */
export interface Predictor {
  /** While false it only predicts; what it knows stands still. */
  learning: boolean;
  /** Takes the present value, learns how far its last prediction was off, and predicts the next value. */
  step(input: number): number;
}
