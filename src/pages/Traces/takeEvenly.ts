/** At most so many, at even distances from the first on: the first ones alone would be the newest. */
export const takeEvenly = <T>(items: readonly T[], most: number): readonly T[] =>
  items.length <= most
    ? items
    : Array.from({ length: most }, (_, n) => Math.ceil((n * items.length) / most)).flatMap((at) =>
        items.slice(at, at + 1)
      );
