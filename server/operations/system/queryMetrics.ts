import * as contract from '../../../src/api/system.ts';
import type { InputOf, OutputOf } from '../../../src/api/operation.ts';
import { explainNoPast, isAgeSignal } from '../../../src/core/signals/age.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { messageOf } from '../../errors.ts';
import type { PrometheusSource } from '../../sources/source.ts';
import { query } from '../operation.ts';
import { noLongerKept } from './noLongerKept.ts';
import { askRange, requirePrometheus } from './askRange.ts';
import { rangeOf, type TimeRange } from './rangeOf.ts';

type Query = InputOf<typeof contract.queryMetrics>['queries'][number];
type Result = OutputOf<typeof contract.queryMetrics>['results'][number];

export const queryMetrics = query(contract.queryMetrics, async (deps, { identity, now, signal }, input) => {
  const prometheus = requirePrometheus(deps, identity.namespace);
  const range = rangeOf(input, now);
  const results = await Promise.all(
    input.queries.map((one) => {
      if ('signal' in one && isAgeSignal(one.signal)) {
        return { id: one.id, expr: '', series: [], error: explainNoPast(one.signal) };
      }
      const expr = 'expr' in one ? one.expr : deps.discovery.signalExpr(identity.namespace, one.signal, one.service);
      return runQuery(prometheus, { one, expr, range, now, signal });
    })
  );
  return { results, step: range.step };
});

interface QueryRun {
  readonly one: Query;
  readonly expr: string | undefined;
  readonly range: TimeRange;
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

/** One failing query leaves the others standing: its own error says why. */
async function runQuery(prometheus: PrometheusSource, { one, expr, range, now, signal }: QueryRun): Promise<Result> {
  const answer = { id: one.id, expr: expr ?? '' };
  try {
    const series = await askRange(prometheus, expr, { range, signal });
    const gone =
      series.length > 0 || expr === undefined ? null : await noLongerKept(prometheus, { ...range, now, signal });
    return {
      ...answer,
      series: series.map(({ labels, times, values }) => ({
        labels: { ...labels },
        times: [...times],
        values: [...values],
      })),
      error: gone,
    };
  } catch (error) {
    return { ...answer, series: [], error: messageOf(error) };
  }
}
