import { ascending, quantile } from '../../../core/statistics/quantile.ts';
import { formatNanoseconds } from '../../../core/traces/formatNanoseconds.ts';
import { t } from '../../../i18n/t.ts';

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
  [rootService, rootName].filter((text) => text !== '').join(': ') ||
  t('ui.describe-found.root-missing', 'root not yet received');

export const spansOf = ({ services }: Pick<FoundTrace, 'services'>): number =>
  services.reduce((sum, { spans }) => sum + spans, 0);

export const formatMs = (ms: number): string => formatNanoseconds(ms * 1e6);

const tracesText = (count: number, more: boolean): string =>
  more
    ? t('ui.describe-found.traces-more', '', {
        count,
        defaultValue_one: '{{count}} or more trace',
        defaultValue_other: '{{count}} or more traces',
      })
    : t('ui.describe-found.traces', '', {
        count,
        defaultValue_one: '{{count}} trace',
        defaultValue_other: '{{count}} traces',
      });

/** What a search found, in a sentence with numbers. */
export function describeFound(traces: readonly FoundTrace[], more: boolean): string {
  if (traces.length === 0) {
    return t('ui.describe-found.none', 'No trace was found.');
  }
  const durations = ascending(traces.map(({ durationMs }) => durationMs));
  const slowest = traces.reduce((longest, one) => (one.durationMs > longest.durationMs ? one : longest));
  const failed = traces.filter(({ failedIn }) => failedIn.length > 0).length;
  return t(
    'ui.describe-found.found',
    '{{traces}}, {{failures}}; p50 {{p50}}, p95 {{p95}}; the slowest is {{name}} with {{longest}}.',
    {
      traces: tracesText(traces.length, more),
      failures:
        failed === 0
          ? t('ui.describe-found.none-failed', 'none failed')
          : t('ui.describe-found.failed', '{{number}} failed', { number: failed }),
      p50: formatMs(quantile(durations, 0.5)),
      p95: formatMs(quantile(durations, 0.95)),
      name: nameOfTrace(slowest),
      longest: formatMs(slowest.durationMs),
    }
  );
}

/** A selection with a trace in it, or without where it was in it. */
export const toggled = (selected: ReadonlySet<string>, id: string): readonly string[] =>
  selected.has(id) ? [...selected].filter((one) => one !== id) : [...selected, id];
