import * as contract from '../../../src/api/system.ts';
import type { InputOf, OutputOf } from '../../../src/api/operation.ts';
import { explainNoPast, isAgeSignal } from '../../../src/core/signals/age.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import { messageOf } from '../../errors.ts';
import { mapAtMost } from '../../mapAtMost.ts';
import { createAnswerBudget } from '../../answerBudget.ts';
import type { PrometheusSource, SizeLimits } from '../../sources/source.ts';
import { query } from '../operation.ts';
import { findNotKept } from './noLongerKept.ts';
import { askRange, firstTime, requirePrometheus } from './askRange.ts';
import { rangeOf, type TimeRange } from './rangeOf.ts';

/** Leaves room for the questions of others in the source's bulkhead of ten. */
const AT_ONCE = 4;
/** Some 300,000 points; a page draws 500 of a series. */
const MAX_BYTES = 8 * 1024 * 1024;
/** The plugin that carries the answer to Grafana takes no larger one. */
const MAX_BYTES_IN_SUM = 16 * 1024 * 1024;

type Query = InputOf<typeof contract.queryMetrics>['queries'][number];
type Result = OutputOf<typeof contract.queryMetrics>['results'][number];

export const queryMetrics = query(contract.queryMetrics, async (deps, { identity, now, signal }, input) => {
  const prometheus = requirePrometheus(deps, identity.namespace);
  const range = rangeOf(input, now);
  const limits = { maxBytes: MAX_BYTES, budget: createAnswerBudget(MAX_BYTES_IN_SUM) };
  const results = await mapAtMost(AT_ONCE, input.queries, async (one) => {
    if ('signal' in one && isAgeSignal(one.signal)) {
      return { id: one.id, expr: '', series: [], error: explainNoPast(one.signal), notKept: null };
    }
    const expr = 'expr' in one ? one.expr : deps.discovery.signalExpr(identity.namespace, one.signal, one.service);
    return runQuery(prometheus, { one, expr, range, limits, from: input.from ?? range.from, now, signal });
  });
  return { results, step: range.step };
});

interface QueryRun {
  readonly one: Query;
  readonly expr: string | undefined;
  readonly range: TimeRange;
  readonly limits: SizeLimits;
  /** As it was asked for: the range begins up to a step before. */
  readonly from: EpochMs;
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

/** One failing query leaves the others standing: its own error says why. */
async function runQuery(
  prometheus: PrometheusSource,
  { one, expr, range, limits, from, now, signal }: QueryRun
): Promise<Result> {
  const answer = { id: one.id, expr: expr ?? '' };
  try {
    const series = await askRange(prometheus, expr, { range, signal, limits });
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
