/** Rows per statement. SQLite takes 32,766 variables a statement, PostgreSQL 65,535; the widest row has 28. */
export const ROWS_PER_STATEMENT = 100;

export function chunks<T>(items: readonly T[], size: number = ROWS_PER_STATEMENT): ReadonlyArray<readonly T[]> {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size)
  );
}
