import { comparePath } from '../../host/comparePath.ts';
import { writeRangeEnd } from '../../ui/addressRange.ts';
import { takeEvenly } from './takeEvenly.ts';
import type { TraceSearch } from './traceSearch.ts';

/** That a comparison reads of a search. */
const MOST_COMPARED = 500;
/** Ids of each side in an address: with both it stays below the 16 KiB of headers that Node takes. */
export const MOST_NAMED = 200;

export interface SelectionAndRest {
  readonly ids: readonly string[];
  /** What else is shown. */
  readonly rest: readonly string[];
}

/**
 * The place where a selection is compared with the rest that is shown. The newest are found again by the same search; those of a spread,
 * and more than a comparison reads, are named.
 * @returns with whether some of those shown are not compared
 */
export function compareWithRest(
  { ids, rest }: SelectionAndRest,
  { query, search }: { readonly query: string; readonly search: Pick<TraceSearch, 'pick' | 'limit' | 'range'> }
): { readonly to: string; readonly isCut: boolean } {
  if (search.pick === 'spread' || ids.length + rest.length > MOST_COMPARED) {
    const named = (side: readonly string[]): string => takeEvenly(side, MOST_NAMED).join(' ');
    return {
      to: comparePath({ kind: 'traces', a: named(rest), b: named(ids) }),
      isCut: Math.max(ids.length, rest.length) > MOST_NAMED,
    };
  }
  const { from, to } = search.range.raw;
  const asked = { q: query, ids: ids.join(' '), limit: String(Math.min(MOST_COMPARED, search.limit)) };
  return {
    to: comparePath({ kind: 'selection', ...asked, from: writeRangeEnd(from), to: writeRangeEnd(to) }),
    isCut: false,
  };
}
