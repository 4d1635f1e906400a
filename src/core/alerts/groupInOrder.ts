export interface Group<T> {
  readonly key: string;
  readonly members: readonly T[];
}

/** Items under the key that they share; groups in the order of their first members, members as they came. */
export function groupInOrder<T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyArray<Group<T>> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = groups.get(key) ?? [];
    members.push(item);
    groups.set(key, members);
  }
  return [...groups].map(([key, members]) => ({ key, members }));
}
