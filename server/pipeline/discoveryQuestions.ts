import type { Sample, Series } from '../../src/core/series.ts';
import type { SignalName } from '../../src/core/signals/catalogue.ts';
import type { Dependency } from '../../src/core/services/health.ts';
import { epochMs, minutes, seconds, type EpochMs } from '../../src/core/units.ts';
import {
  buildDependencyQueries,
  buildNewestSampleQuery,
  buildVersionsQuery,
} from '../../src/queries/promql/discoveryQueries.ts';
import { availableSignals, buildSignalQuery } from '../../src/queries/promql/signalQuery.ts';
import type { KnownMetrics } from '../sources/metricCatalogue.ts';
import type { PrometheusSource } from '../sources/source.ts';

/** Everything that discovery asks of a Prometheus, as functions of who is asked. */
export interface Asked {
  readonly source: PrometheusSource;
  readonly known: KnownMetrics;
  readonly signal: AbortSignal;
}

export type ByService<T> = ReadonlyMap<string, T>;

const TREND_RANGE = minutes(30);
const TREND_STEP = seconds(60);

const serviceOf = ({ labels }: Pick<Sample, 'labels'>): string => labels['service'] ?? '';

async function instant({ source, signal }: Asked, expr: string | undefined): Promise<readonly Sample[]> {
  return expr === undefined ? [] : source.instant(expr, { signal });
}

const queryOf = ({ known }: Asked, signal: SignalName, markIdle = false): string | undefined =>
  buildSignalQuery({ signal, metrics: known.metrics, window: known.window, markIdle });

/** Current value of a signal for every service that has one. */
export async function askSignal(asked: Asked, signal: SignalName): Promise<ByService<number>> {
  const samples = await instant(asked, queryOf(asked, signal));
  return new Map(
    samples.filter(({ value }) => Number.isFinite(value)).map((sample) => [serviceOf(sample), sample.value])
  );
}

export type Trend = Pick<Series, 'times' | 'values'>;

/** A signal of the last half hour, a point a minute, on whole minutes so that points do not wander. */
export async function askTrend(asked: Asked, signal: SignalName, now: EpochMs): Promise<ByService<Trend>> {
  const expr = queryOf(asked, signal);
  if (expr === undefined) {
    return new Map();
  }
  const to = epochMs(Math.floor(now / TREND_STEP) * TREND_STEP);
  const range = { from: epochMs(to - TREND_RANGE), to, step: TREND_STEP, signal: asked.signal };
  const series = await asked.source.range(expr, range);
  return new Map(series.map(({ labels, times, values }) => [serviceOf({ labels }), { times, values }]));
}

/** Quantiles come from the same metrics: who has one has all. */
const LATENCIES = ['latency_p50', 'latency_p95', 'latency_p99'] as const satisfies readonly SignalName[];
const isOtherLatency = (signal: SignalName): boolean => signal === 'latency_p50' || signal === 'latency_p99';

/** Which signals each service has, without traffic too. */
export async function askSignals(asked: Asked): Promise<ByService<readonly SignalName[]>> {
  const signals = availableSignals(asked.known.metrics).filter((signal) => !isOtherLatency(signal));
  const found = await Promise.all(
    signals.map(async (signal) => {
      const names: readonly SignalName[] = signal === 'latency_p95' ? LATENCIES : [signal];
      const samples = await instant(asked, queryOf(asked, signal, true));
      return samples.flatMap((sample) => names.map((name) => [serviceOf(sample), name] as const));
    })
  );
  const byService = Map.groupBy(found.flat(), ([service]) => service);
  return new Map([...byService].map(([service, pairs]) => [service, pairs.map(([, signal]) => signal)]));
}

/** Versions that run, sorted. */
export async function askVersions(asked: Asked): Promise<ByService<readonly string[]>> {
  const samples = await instant(asked, buildVersionsQuery(asked.known));
  return new Map(
    [...Map.groupBy(samples, serviceOf)].map(([service, own]) => [
      service,
      own.map(({ labels }) => labels['version'] ?? '').toSorted(),
    ])
  );
}

export async function askNewestSamples(asked: Asked): Promise<ByService<EpochMs>> {
  const samples = await instant(asked, buildNewestSampleQuery(asked.known));
  return new Map(samples.map((sample) => [serviceOf(sample), epochMs(Math.round(sample.value * 1000))]));
}

/** Whom each service calls, and how much of it fails. What the caller counted itself is believed before traces. */
export async function askDependencies(asked: Asked): Promise<ByService<readonly Dependency[]>> {
  const graphs = await Promise.all(
    buildDependencyQueries(asked.known).map(async ({ calls, failed }) => {
      const [made, broken] = await Promise.all([instant(asked, calls), instant(asked, failed)]);
      const failures = new Map(broken.map(({ labels, value }) => [edgeOf(labels), value]));
      return made.map(({ labels, value }) => ({
        client: labels['client'] ?? '',
        name: labels['server'] ?? '',
        failedRatio: value > 0 ? (failures.get(edgeOf(labels)) ?? 0) / value : null,
      }));
    })
  );
  const edges = new Map(
    graphs
      .toReversed()
      .flat()
      .map((edge) => [JSON.stringify([edge.client, edge.name]), edge])
  );
  return Map.groupBy(edges.values(), ({ client }) => client);
}

const edgeOf = (labels: Sample['labels']): string => JSON.stringify([labels['client'], labels['server']]);
