/** Something measured that is no speed of training. */
export interface Figure {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'ratio' | 'tasks';
  /** What it is a multiple of: measured in the same run, and good on other machines too. */
  readonly relative: { readonly value: number; readonly to: string } | null;
  /** Measured with a real GPU. */
  readonly hardware: boolean;
}
