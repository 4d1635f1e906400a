import { setImmediate } from 'node:timers/promises';
import type { Page, PageRequest } from '../../store/page.ts';

/** Piece by piece, so that other requests get their turn in between. */
const PAGE = 1000;

export interface Pages<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
}

/** Reads up to `limit` items of a list by cursor. */
export async function readPages<T>(
  limit: number,
  signal: AbortSignal,
  read: (page: PageRequest) => Promise<Page<T>>
): Promise<Pages<T>> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    // On SQLite a read is no wait: without a turn of the event loop nobody else gets one.
    await setImmediate();
    signal.throwIfAborted();
    const page = await read({ limit: Math.min(PAGE, limit - items.length), cursor });
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined && items.length < limit);
  return { items, hasMore: cursor !== undefined };
}
