import { durationMs, seconds, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import { DISCOVERY_METRICS } from '../../src/queries/promql/discoveryQueries.ts';
import { rateWindow, SIGNAL_METRICS } from '../../src/queries/promql/signalQuery.ts';
import type { Clock } from '../clock.ts';
import type { PrometheusSource, Sources } from './source.ts';

/** What queries must know of a namespace's Prometheus before they are written. */
export interface KnownMetrics {
  /** Names that it has, of those that any query of ours reads. */
  readonly metrics: ReadonlySet<string>;
  /** Longest of its jobs; 15 s where the API does not tell. */
  readonly scrapeInterval: DurationMs;
  /** Over which rates are taken. */
  readonly window: DurationMs;
}

export interface MetricCatalogue {
  /** As last read; undefined before the first answer, or when the namespace has no Prometheus. */
  known(namespace: string): KnownMetrics | undefined;
  /**
   * Rereads what is older than a minute; waits for the answer only when nothing is known yet. While the source fails, what was
   * known stays.
   * @throws EngineError `source_failed` when nothing is known
   */
  read(namespace: string, signal: AbortSignal): Promise<KnownMetrics | undefined>;
}

const REREAD_AFTER_MS = 60_000;
/** While something that was asked for may just have begun: a new service's first scrape. */
const REREAD_EMPTY_AFTER_MS = 5000;
const DEFAULT_INTERVAL = seconds(15);
/** One slow job must not smear the rates of all others. */
const LONGEST_INTERVAL = seconds(75);

const RELEVANT: ReadonlySet<string> = new Set([...SIGNAL_METRICS, ...DISCOVERY_METRICS]);

interface Entry {
  readonly source: PrometheusSource;
  readonly known: KnownMetrics | undefined;
  readonly readAt: EpochMs;
  readonly reading: Promise<KnownMetrics> | undefined;
}

export function createMetricCatalogue({ sources, clock }: { sources: Sources; clock: Clock }): MetricCatalogue {
  const entries = new Map<string, Entry>();

  const reread = (namespace: string, source: PrometheusSource, signal: AbortSignal): Promise<KnownMetrics> => {
    const before = entries.get(namespace);
    const last = before?.source === source ? before : undefined;
    const reading = ask(source, signal);
    const readAt = clock.now();
    entries.set(namespace, { source, known: last?.known, readAt, reading });
    const settle = (known: KnownMetrics | undefined): void => {
      if (entries.get(namespace)?.reading === reading) {
        entries.set(namespace, { source, known, readAt, reading: undefined });
      }
    };
    reading.then(settle, () => settle(last?.known));
    return reading;
  };

  return {
    known: (namespace) => entries.get(namespace)?.known,
    async read(namespace, signal) {
      const source = sources.prometheus(namespace);
      if (source === undefined) {
        entries.delete(namespace);
        return undefined;
      }
      const entry = entries.get(namespace);
      if (entry?.source !== source || entry.known === undefined) {
        return entry?.source === source && entry.reading !== undefined
          ? entry.reading
          : reread(namespace, source, signal);
      }
      const fresh = entry.known.metrics.size === 0 ? REREAD_EMPTY_AFTER_MS : REREAD_AFTER_MS;
      if (entry.reading === undefined && clock.now() - entry.readAt >= fresh) {
        void reread(namespace, source, signal).catch(() => undefined);
      }
      return entry.known;
    },
  };
}

async function ask(source: PrometheusSource, signal: AbortSignal): Promise<KnownMetrics> {
  const [names, intervals] = await Promise.all([
    source.labelValues('__name__', { signal }),
    source.scrapeIntervals(signal),
  ]);
  const longest = Math.max(0, ...Object.values(intervals));
  const scrapeInterval = longest === 0 ? DEFAULT_INTERVAL : durationMs(Math.min(longest, LONGEST_INTERVAL));
  return {
    metrics: new Set(names.filter((name) => RELEVANT.has(name))),
    scrapeInterval,
    window: rateWindow(scrapeInterval),
  };
}
