/** The line of a moment of the past is told from all others by its dashes, too. */
export const momentDash = [9, 3, 2, 3];
