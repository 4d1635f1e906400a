/** Reads a column at a place that is known to be within it. */
export const cell = (column: ArrayLike<number>, place: number): number => column[place] ?? 0;
