import type { TimeWindow } from '../../../src/core/evidence/evidence.ts';
import { addMs, durationMs } from '../../../src/core/units.ts';

const MOST_PARTS = 10;
/** Searches of Tempo begin and end at whole seconds. */
const SHORTEST_PART_MS = 1000;

/** A window in equal parts, oldest first, and at most so many; fewer where they would be shorter than a second. */
export function partsOf({ from, to }: TimeWindow, most = MOST_PARTS): TimeWindow[] {
  const count = Math.max(1, Math.min(MOST_PARTS, most, Math.floor((to - from) / SHORTEST_PART_MS)));
  const length = (to - from) / count;
  const edge = (index: number) => (index === count ? to : addMs(from, durationMs(Math.floor(length * index))));
  return Array.from({ length: count }, (_, index) => ({ from: edge(index), to: edge(index + 1) }));
}

/**
 * Searches each part of a window for its share of the limit, all at once: what is found tells of the whole window, where the
 * newest of it may tell of its last seconds only.
 * @returns each once, with whether a part may have more
 */
export async function spreadSearch<T extends { readonly traceId: string }>(
  { window, limit }: { readonly window: TimeWindow; readonly limit: number },
  search: (part: TimeWindow, limit: number) => Promise<readonly T[]>
): Promise<{ readonly items: T[]; readonly more: boolean }> {
  const parts = partsOf(window, limit);
  const share = Math.floor(limit / parts.length);
  const found = await Promise.all(parts.map((part) => search(part, share)));
  // A trace that goes on from one part into the next may be found in both.
  const once = new Map(found.flat().map((item) => [item.traceId, item]));
  return { items: [...once.values()], more: found.some(({ length }) => length >= share) };
}
