import { t } from '../../i18n/t.ts';
import type { FoundTrace } from '../../ui/traces/found/foundTraces.ts';

export const SORTS = [
  {
    get label() {
      return t('traces.sort-traces.newest', 'Newest');
    },
    value: 'newest',
  },
  {
    get label() {
      return t('traces.sort-traces.slowest', 'Slowest');
    },
    value: 'slowest',
  },
  {
    get label() {
      return t('traces.sort-traces.failed', 'Failed first');
    },
    value: 'failed',
  },
] as const;
export type TraceSort = (typeof SORTS)[number]['value'];

export const sortOf = (text: string | undefined): TraceSort =>
  SORTS.find(({ value }) => value === text)?.value ?? 'newest';

const COMPARE: Readonly<Record<TraceSort, (a: FoundTrace, b: FoundTrace) => number>> = {
  newest: (a, b) => b.startedAt - a.startedAt,
  slowest: (a, b) => b.durationMs - a.durationMs,
  failed: (a, b) => Number(b.failedIn.length > 0) - Number(a.failedIn.length > 0) || b.durationMs - a.durationMs,
};

export const sortTraces = (traces: readonly FoundTrace[], by: TraceSort): readonly FoundTrace[] =>
  traces.toSorted(COMPARE[by]);
