import * as contract from '../../../src/api/system.ts';
import type { InputOf, OutputOf } from '../../../src/api/operation.ts';
import { explainNoPast, isAgeSignal } from '../../../src/core/signals/age.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { messageOf } from '../../errors.ts';
import type { PrometheusSource } from '../../sources/source.ts';
import { query } from '../operation.ts';
import { findNotKept } from './noLongerKept.ts';
import { askRange, firstTime, requirePrometheus } from './askRange.ts';
import { rangeOf, type TimeRange } from './rangeOf.ts';

type Query = InputOf<typeof contract.queryMetrics>['queries'][number];
type Result = OutputOf<typeof contract.queryMetrics>['results'][number];

export const queryMetrics = query(contract.queryMetrics, async (deps, { identity, now, signal }, input) => {
  const prometheus = requirePrometheus(deps, identity.namespace);
  const range = rangeOf(input, now);
  const results = await Promise.all(
    input.queries.map((one) => {
      if ('signal' in one && isAgeSignal(one.signal)) {
        return { id: one.id, expr: '', series: [], error: explainNoPast(one.signal), notKept: null };
      }
      const expr = 'expr' in one ? one.expr : deps.discovery.signalExpr(identity.namespace, one.signal, one.service);
      return runQuery(prometheus, { one, expr, range, from: input.from ?? range.from, now, signal });
    })
  );
  return { results, step: range.step };
});

interface QueryRun {
  readonly one: Query;
  readonly expr: string | undefined;
  readonly range: TimeRange;
  /** As it was asked for: the range begins up to a step before. */
  readonly from: EpochMs;
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

/** One failing query leaves the others standing: its own error says why. */
async function runQuery(
  prometheus: PrometheusSource,
  { one, expr, range, from, now, signal }: QueryRun
): Promise<Result> {
  const answer = { id: one.id, expr: expr ?? '' };
  try {
    const series = await askRange(prometheus, expr, { range, signal });
    const notKept =
      expr === undefined ? null : await findNotKept(prometheus, { from, now, signal, found: firstTime(series) });
    return {
      ...answer,
      series: series.map(({ labels, times, values }) => ({
        labels: { ...labels },
        times: [...times],
        values: [...values],
      })),
      error: null,
      notKept,
    };
  } catch (error) {
    return { ...answer, series: [], error: messageOf(error), notKept: null };
  }
}
