/** Gives equal values one number, counted from 0 in the order of first use. */
export interface Interner<T> {
  index(value: T): number;
  readonly values: readonly T[];
}

/** @param keyOf what makes two values equal; by default the value itself */
export function createInterner<T>(keyOf: (value: T) => unknown = (value) => value): Interner<T> {
  const indexes = new Map<unknown, number>();
  const values: T[] = [];
  return {
    values,
    index(value) {
      const key = keyOf(value);
      const known = indexes.get(key);
      if (known !== undefined) {
        return known;
      }
      indexes.set(key, values.length);
      values.push(value);
      return values.length - 1;
    },
  };
}
