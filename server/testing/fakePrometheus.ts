import type { Sample, Series } from '../../src/core/series.ts';
import type { DurationMs } from '../../src/core/units.ts';
import type { PrometheusSource, SourceHealth } from '../sources/source.ts';

export interface FakePrometheus extends PrometheusSource {
  /** What is answered from now on, by expression; an Error is thrown. What is not there has no series. */
  readonly samples: Map<string, readonly Sample[] | Error>;
  readonly series: Map<string, readonly Series[] | Error>;
  status: SourceHealth;
  /** For how long it keeps its data; undefined where it does not say. */
  kept: DurationMs | undefined;
}

const WELL: SourceHealth = {
  status: 'ok',
  latencyMs: 3,
  lastError: null,
  staleSince: null,
  checkedAt: null,
  newestDataAt: null,
};

function answerOf<T>(answers: ReadonlyMap<string, readonly T[] | Error>, expr: string): Promise<readonly T[]> {
  const found = answers.get(expr) ?? [];
  return found instanceof Error ? Promise.reject(found) : Promise.resolve(found);
}

/** A Prometheus that answers what a test has put down. */
export function createFakePrometheus(): FakePrometheus {
  const samples: FakePrometheus['samples'] = new Map();
  const series: FakePrometheus['series'] = new Map();
  const fake: FakePrometheus = {
    ...{ id: 'prometheus', kind: 'prometheus', name: 'Prometheus', url: 'http://prometheus:9090', tenant: '' },
    ...{ builtIn: true, samples, series, status: WELL },
    kept: undefined,
    health: () => fake.status,
    keeps: () => Promise.resolve(fake.kept),
    check: () => Promise.resolve(),
    instant: (expr) => answerOf(samples, expr),
    range: (expr) => answerOf(series, expr),
    labelValues: () => Promise.resolve([]),
    scrapeIntervals: () => Promise.resolve({}),
  };
  return fake;
}
