import * as contract from '../../../src/api/system.ts';
import type { InputOf, OutputOf } from '../../../src/api/operation.ts';
import { explainNoPast, isAgeSignal } from '../../../src/core/signals/age.ts';
import type { Deps } from '../../deps.ts';
import { EngineError, messageOf } from '../../errors.ts';
import type { PrometheusSource } from '../../sources/source.ts';
import { query } from '../operation.ts';
import { rangeOf, type TimeRange } from './rangeOf.ts';

type Query = InputOf<typeof contract.queryMetrics>['queries'][number];
type Result = OutputOf<typeof contract.queryMetrics>['results'][number];

/** @throws EngineError `unavailable` */
export function requirePrometheus(deps: Deps, namespace: string): PrometheusSource {
  const prometheus = deps.sources.prometheus(namespace);
  if (prometheus === undefined) {
    throw new EngineError(
      'unavailable',
      'No Prometheus is configured for this namespace; an admin can add one under Settings, Sources.'
    );
  }
  return prometheus;
}

export const queryMetrics = query(contract.queryMetrics, async (deps, { identity, now, signal }, input) => {
  const prometheus = requirePrometheus(deps, identity.namespace);
  const range = rangeOf(input, now);
  const results = await Promise.all(
    input.queries.map((one) => {
      if ('signal' in one && isAgeSignal(one.signal)) {
        return { id: one.id, expr: '', series: [], error: explainNoPast(one.signal) };
      }
      const expr = 'expr' in one ? one.expr : deps.discovery.signalExpr(identity.namespace, one.signal, one.service);
      return runQuery(prometheus, { one, expr, range, signal });
    })
  );
  return { results, step: range.step };
});

interface QueryRun {
  readonly one: Query;
  readonly expr: string | undefined;
  readonly range: TimeRange;
  readonly signal: AbortSignal;
}

/** One failing query leaves the others standing: its own error says why. A signal without metrics has no series, which is no error. */
async function runQuery(prometheus: PrometheusSource, { one, expr, range, signal }: QueryRun): Promise<Result> {
  if (expr === undefined) {
    return { id: one.id, expr: '', series: [], error: null };
  }
  try {
    const series = await prometheus.range(expr, { ...range, signal });
    return {
      id: one.id,
      expr,
      series: series.map(({ labels, times, values }) => ({
        labels: { ...labels },
        times: [...times],
        values: [...values],
      })),
      error: null,
    };
  } catch (error) {
    return { id: one.id, expr, series: [], error: messageOf(error) };
  }
}
