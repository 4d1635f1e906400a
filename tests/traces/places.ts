/** The way to a value within a document. */
export type Place = ReadonlyArray<string | number>;

/** Every place within a document. */
export function placesIn(value: unknown, at: Place = []): readonly Place[] {
  const inner = Array.isArray(value)
    ? [...value.entries()]
    : Object.entries(typeof value === 'object' && value !== null ? value : {});
  return [at, ...inner.flatMap(([key, item]) => placesIn(item, [...at, key]))];
}

/** A copy with another value in one place. */
export function changed(document: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) {
    return value;
  }
  const copy = structuredClone(document);
  if (typeof copy === 'object' && copy !== null) {
    Reflect.set(copy, key, changed(Reflect.get(copy, key), rest, value));
  }
  return copy;
}
