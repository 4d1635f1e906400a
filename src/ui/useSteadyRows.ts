import { useState } from 'react';

export interface SteadyRowsOptions<Row> {
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** Differs when the row changed in a way that should be seen. */
  readonly versionOf: (row: Row) => string | number;
  /** True while somebody reads: no row moves, new ones come last. */
  readonly hold: boolean;
}

export interface SteadyRows<Row> {
  readonly rows: readonly Row[];
  /** How often each row has changed since it was first seen; rows that never did are absent. */
  readonly marks: ReadonlyMap<string, number>;
}

interface Seen<Row> extends SteadyRows<Row> {
  /** As they were given. */
  readonly given: readonly Row[];
  readonly versions: ReadonlyMap<string, string | number>;
}

/** Rows in the order in which they stood, the gone ones left out, the new ones last. */
export function keepOrder<Row>(rows: readonly Row[], order: readonly string[], keyOf: (row: Row) => string): Row[] {
  const place = new Map(order.map((key, index) => [key, index]));
  const placeOf = (row: Row): number => place.get(keyOf(row)) ?? order.length;
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
}

const same = <Row>(a: readonly Row[], b: readonly Row[]): boolean =>
  a === b || (a.length === b.length && a.every((row, index) => row === b[index]));

/** What is shown after these rows came. Pure. */
export function nextRows<Row>(before: Seen<Row>, { rows, keyOf, versionOf, hold }: SteadyRowsOptions<Row>): Seen<Row> {
  const versions = new Map(rows.map((row) => [keyOf(row), versionOf(row)]));
  const marks = new Map(before.marks);
  for (const [key, version] of versions) {
    if ((before.versions.get(key) ?? version) !== version) {
      marks.set(key, (marks.get(key) ?? 0) + 1);
    }
  }
  return { given: rows, rows: hold ? keepOrder(rows, before.rows.map(keyOf), keyOf) : rows, versions, marks };
}

/** Lets rows keep their place while one reads, and tells which changed, so that each can be marked once. */
export function useSteadyRows<Row>(options: SteadyRowsOptions<Row>): SteadyRows<Row> {
  const { rows, hold } = options;
  const [seen, setSeen] = useState<Seen<Row>>(() =>
    nextRows({ given: [], rows: [], versions: new Map(), marks: new Map() }, { ...options, hold: false })
  );
  if (same(seen.given, rows) && (hold || same(seen.rows, rows))) {
    return seen;
  }
  const next = nextRows(seen, options);
  setSeen(next);
  return next;
}
