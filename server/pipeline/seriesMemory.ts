import type { EvaluatorDeps } from './evaluatorDeps.ts';
import type { SeriesWatch } from './seriesWatch.ts';

/** Carries what a watch has seen over restarts. */
export interface SeriesMemory {
  /** Reads it from the store the first time. */
  recall(): Promise<void>;
  /** Writes what is new; nothing where nothing is. */
  remember(): Promise<void>;
}

type Needed = Pick<EvaluatorDeps, 'store' | 'leadership'>;

export function createSeriesMemory(namespace: string, watch: SeriesWatch, { store, leadership }: Needed): SeriesMemory {
  let recalled = false;
  return {
    async recall() {
      if (!recalled) {
        watch.recall(await store.read.seenSeries.list(namespace));
        recalled = true;
      }
    },
    async remember() {
      const news = watch.ledger.news();
      if ((news.seen.length > 0 || news.gone.length > 0) && leadership?.isLeader() !== false) {
        await store.write(async (tx) => {
          await tx.seenSeries.save(namespace, news.seen);
          await tx.seenSeries.forget(namespace, news.gone);
        });
        watch.ledger.told(news);
      }
    },
  };
}
