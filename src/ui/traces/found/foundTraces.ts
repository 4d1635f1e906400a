import { ascending, quantile } from '../../../core/statistics/quantile.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';

/** One trace of a search, as the list and the plot show it. */
export interface FoundTrace {
  readonly traceId: string;
  readonly rootService: string;
  readonly rootName: string;
  /** Epoch ms. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly failedIn: readonly string[];
  readonly services: ReadonlyArray<{ readonly service: string; readonly spans: number; readonly errors: number }>;
}

export const nameOfTrace = ({ rootService, rootName }: Pick<FoundTrace, 'rootService' | 'rootName'>): string =>
  [rootService, rootName].filter((text) => text !== '').join(': ') || 'root not yet received';

export const spansOf = ({ services }: Pick<FoundTrace, 'services'>): number =>
  services.reduce((sum, { spans }) => sum + spans, 0);

export const formatMs = (ms: number): string => formatNanoseconds(ms * 1e6);

/** What a search found, in a sentence with numbers. */
export function describeFound(traces: readonly FoundTrace[], more: boolean): string {
  if (traces.length === 0) {
    return 'No trace was found.';
  }
  const durations = ascending(traces.map(({ durationMs }) => durationMs));
  const slowest = traces.reduce((longest, one) => (one.durationMs > longest.durationMs ? one : longest));
  const failed = traces.filter(({ failedIn }) => failedIn.length > 0).length;
  const count = `${traces.length}${more ? ' or more' : ''} ${traces.length === 1 ? 'trace' : 'traces'}`;
  return `${count}, ${failed === 0 ? 'none failed' : `${failed} failed`}; p50 ${formatMs(quantile(durations, 0.5))}, p95 ${formatMs(quantile(durations, 0.95))}; the slowest is ${nameOfTrace(slowest)} with ${formatMs(slowest.durationMs)}.`;
}
