import { EngineError } from '../errors.ts';
import type { Page, PageRequest } from './page.ts';

type Kind = 'string' | 'number';
type Key<K extends readonly Kind[]> = { readonly [I in keyof K]: K[I] extends 'number' ? number : string };

/** The sort key of the last row of a page, as opaque text. */
const encodeCursor = (key: ReadonlyArray<string | number>): string =>
  Buffer.from(JSON.stringify(key)).toString('base64url');

/**
 * Reads what `encodeCursor` wrote.
 * @throws EngineError `invalid_input` for any other text
 */
export function decodeCursor<const K extends readonly Kind[]>(cursor: string, kinds: K): Key<K> {
  const key = parse(cursor);
  const fits = key?.length === kinds.length && kinds.every((kind, index) => typeof key[index] === kind);
  if (!fits) {
    throw new EngineError('invalid_input', 'The cursor is not one that this list gave: leave it out to start anew', {
      errors: [{ path: 'cursor', message: 'expected the `next` of an earlier answer of the same list' }],
    });
  }
  return key as unknown as Key<K>;
}

function parse(cursor: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** How many rows to ask for: one more than the page holds tells whether there is a next one. */
export const rowsToRead = ({ limit }: PageRequest): number => Math.max(1, limit) + 1;

/** Cuts the extra row off and makes the cursor from the last row that stays. */
export function toPage<Row, T>(
  rows: readonly Row[],
  page: PageRequest,
  codec: { readonly item: (row: Row) => T; readonly key: (row: Row) => ReadonlyArray<string | number> }
): Page<T> {
  const limit = Math.max(1, page.limit);
  const kept = rows.slice(0, limit);
  const last = kept.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: kept.map(codec.item), next: more ? encodeCursor(codec.key(last)) : null };
}
