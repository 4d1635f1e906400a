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
   * Rereads what is older than a minute, and waits for the answer only in the beginning. While the source fails, what was known
   * stays.
   * @throws EngineError `source_failed` when nothing is known
   */
  read(namespace: string, signal: AbortSignal): Promise<KnownMetrics | undefined>;
}

const REREAD_AFTER_MS = 60_000;
/** For a while after names were found that were not there before: where one service starts, others do. */
const REREAD_YOUNG_AFTER_MS = 3000;
const YOUNG_FOR_MS = 120_000;
const DEFAULT_INTERVAL = seconds(15);
/** One slow job must not smear the rates of all others. */
const LONGEST_INTERVAL = seconds(75);

const RELEVANT: ReadonlySet<string> = new Set([...SIGNAL_METRICS, ...DISCOVERY_METRICS]);

interface Entry {
  readonly source: PrometheusSource;
  readonly known: KnownMetrics | undefined;
  readonly readAt: EpochMs;
  /** When a name was last new. */
  readonly changedAt: EpochMs;
  readonly reading: Promise<KnownMetrics> | undefined;
}

export function createMetricCatalogue({
  sources,
  clock,
}: {
  sources: Pick<Sources, 'own'>;
  clock: Clock;
}): MetricCatalogue {
  const entries = new Map<string, Entry>();

  const reread = (namespace: string, source: PrometheusSource, signal: AbortSignal): Promise<KnownMetrics> => {
    const before = entries.get(namespace);
    const last = before?.source === source ? before : undefined;
    const reading = ask(source, signal);
    const readAt = clock.now();
    const changedAt = last?.changedAt ?? readAt;
    entries.set(namespace, { source, known: last?.known, readAt, changedAt, reading });
    const settle = (known: KnownMetrics | undefined): void => {
      if (entries.get(namespace)?.reading === reading) {
        const isNew = [...(known?.metrics ?? [])].some((name) => last?.known?.metrics.has(name) !== true);
        entries.set(namespace, { source, known, readAt, changedAt: isNew ? readAt : changedAt, reading: undefined });
      }
    };
    reading.then(settle, () => settle(last?.known));
    return reading;
  };

  return {
    known: (namespace) => entries.get(namespace)?.known,
    async read(namespace, signal) {
      const source = sources.own.prometheus(namespace);
      if (source === undefined) {
        entries.delete(namespace);
        return undefined;
      }
      const entry = entries.get(namespace);
      if (entry?.source !== source) {
        return reread(namespace, source, signal);
      }
      const { known, reading } = entry;
      if (known === undefined) {
        return reading ?? reread(namespace, source, signal);
      }
      const isYoung = clock.now() - entry.changedAt < YOUNG_FOR_MS;
      if (reading === undefined && clock.now() - entry.readAt >= (isYoung ? REREAD_YOUNG_AFTER_MS : REREAD_AFTER_MS)) {
        const next = reread(namespace, source, signal).catch(() => known);
        // What has just begun is worth waiting for; later the names of a minute ago do.
        return isYoung ? next : known;
      }
      return known;
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
