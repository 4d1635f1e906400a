import { buildServiceMap, type KnownService } from '../../../src/core/serviceMap/buildServiceMap.ts';
import type { ServiceMap } from '../../../src/core/serviceMap/serviceMap.ts';
import type { Sample } from '../../../src/core/series.ts';
import type { DurationMs, EpochMs } from '../../../src/core/units.ts';
import { buildServiceMapQueries } from '../../../src/queries/promql/serviceMapQueries.ts';
import type { PrometheusSource } from '../../sources/source.ts';

export interface MapMoment {
  /** End of the window. */
  readonly at: EpochMs;
  readonly window: DurationMs;
  readonly signal: AbortSignal;
}

export interface AskedMap {
  readonly map: ServiceMap;
  /** How many samples Prometheus answered. */
  readonly samples: number;
}

/**
 * The map of one window from the metrics of a service graph.
 * @param known services that are on the map in any case
 * @throws EngineError `source_failed`
 */
export async function askServiceMap(
  prometheus: PrometheusSource,
  { at, window, signal }: MapMoment,
  known: readonly string[]
): Promise<AskedMap> {
  const queries = buildServiceMapQueries(window);
  const ask = (expr: string): Promise<readonly Sample[]> => prometheus.instant(expr, { at, signal });
  const [graph, spans] = await Promise.all([
    Promise.all([
      ask(queries.calls),
      ask(queries.failed),
      ask(queries.clientBuckets),
      ask(queries.serverBuckets),
      ask(queries.servedBuckets),
    ]),
    Promise.all([ask(queries.senders), ask(queries.served), ask(queries.servedFailed)]),
  ]);
  const [calls, failed, clientBuckets, serverBuckets, servedBuckets] = graph;
  const rates = { windowSeconds: window / 1000, calls, failed, clientBuckets, serverBuckets, servedBuckets };
  return {
    map: buildServiceMap({ ...rates, known: knownServices(spans, known) }),
    samples: [...graph, ...spans].reduce((sum, samples) => sum + samples.length, 0),
  };
}

type SpanSamples = readonly [senders: readonly Sample[], served: readonly Sample[], servedFailed: readonly Sample[]];

function knownServices([senders, served, failed]: SpanSamples, known: readonly string[]): readonly KnownService[] {
  const calls = byService(served);
  const failures = byService(failed);
  const runs = byService(senders);
  const namespaces = new Map(known.map((name) => [name, '']));
  for (const { labels } of senders) {
    const { service = '', service_namespace: namespace = '' } = labels;
    if (service !== '' && (namespaces.get(service) ?? '') === '') {
      namespaces.set(service, namespace);
    }
  }
  return [...namespaces].map(([name, namespace]) => {
    const rate = calls.get(name);
    return {
      ...{ name, namespace, runs: runs.get(name) ?? 0 },
      served: rate === undefined ? null : { calls: rate, failed: failures.get(name) ?? 0 },
    };
  });
}

function byService(samples: readonly Sample[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { labels, value } of samples) {
    const { service = '' } = labels;
    sums.set(service, (sums.get(service) ?? 0) + (Number.isFinite(value) ? value : 0));
  }
  return sums;
}
