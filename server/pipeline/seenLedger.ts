import type { SeenSeries } from '../store/seenSeriesRepository.ts';

/** What the store has yet to hear of. */
export interface SeenNews {
  readonly seen: readonly SeenSeries[];
  /** Keys of series that are no longer waited for. */
  readonly gone: readonly string[];
}

/** Which series the store has, or is to have: what is waited for also after a restart. */
export interface SeenLedger {
  has(key: string): boolean;
  /** Came from the store. */
  recalled(key: string): void;
  keep(series: SeenSeries): void;
  leave(key: string): void;
  news(): SeenNews;
  /** The store has heard of it. */
  told(news: SeenNews): void;
}

export function createSeenLedger(): SeenLedger {
  const kept = new Set<string>();
  const unsaved = new Map<string, SeenSeries>();
  const gone = new Set<string>();
  return {
    has: (key) => kept.has(key),
    recalled: (key) => void kept.add(key),
    keep(series) {
      kept.add(series.key);
      unsaved.set(series.key, series);
      gone.delete(series.key);
    },
    leave(key) {
      if (kept.delete(key)) {
        unsaved.delete(key);
        gone.add(key);
      }
    },
    news: () => ({ seen: [...unsaved.values()], gone: [...gone] }),
    told(news) {
      news.seen.forEach(({ key }) => unsaved.delete(key));
      news.gone.forEach((key) => gone.delete(key));
    },
  };
}
