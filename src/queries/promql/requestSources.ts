import type { Matcher } from '../../core/matchers.ts';
import type { SignalName } from '../../core/signals/catalogue.ts';
import type { SignalSource } from './convention.ts';
import type { RawVector, Scope, ServiceVector } from './scope.ts';

/** Selections of failed requests; they must not overlap. One for each label name that may carry the status. */
export type ErrorSelections = ReadonlyArray<readonly Matcher[]>;

interface Histogram {
  /** Name without `_bucket`, `_count`, `_sum`; also the name of the native histogram. */
  readonly metric: string;
  /** Factor to seconds. */
  readonly scale?: number;
  /** Which of its series count as requests. */
  readonly only?: readonly Matcher[];
}

const QUANTILES = [
  ['latency_p50', 0.5],
  ['latency_p95', 0.95],
  ['latency_p99', 0.99],
] as const satisfies ReadonlyArray<readonly [SignalName, number]>;

const ALL: readonly Matcher[] = [];

const withOnly = (selections: ErrorSelections, only: readonly Matcher[]): ErrorSelections =>
  selections.map((selection) => [...only, ...selection]);

/** `> 0` and `>= 0` leave out services without traffic, whose share or quantile would be no number. */
const ratio = (scope: Scope, failed: ServiceVector, total: ServiceVector): ServiceVector =>
  scope.of(`(${failed} or ${total} * 0) / (${total} > 0)`);

const scaled = (expr: string, scale: number): string => (scale === 1 ? expr : `${expr} * ${scale}`);

export function quantileExpr(
  scope: Scope,
  quantile: number,
  { buckets, scale }: { buckets: ServiceVector; scale: number }
): ServiceVector {
  return scope.of(scaled(`(histogram_quantile(${quantile}, ${buckets}) >= 0)`, scale));
}

const classicBuckets = (scope: Scope, { metric, only = ALL }: Histogram): ServiceVector =>
  scope.by('sum', scope.rate(`${metric}_bucket`, only), ['le']);
const nativeBuckets = (scope: Scope, { metric, only = ALL }: Histogram): ServiceVector =>
  scope.by('sum', scope.rate(metric, only));

const counted = (scope: Scope, vector: RawVector): ServiceVector =>
  scope.by('sum', scope.raw(`histogram_count(${vector})`));

/** Rate, errors and latency of one counter, as it stands. */
export function counterSources(
  metric: string,
  errors: ErrorSelections,
  only: readonly Matcher[] = ALL
): SignalSource[] {
  const total = (scope: Scope): ServiceVector => scope.by('sum', scope.rate(metric, only));
  return [
    { signal: 'request_rate', metrics: [metric], expr: total },
    {
      signal: 'error_ratio',
      metrics: [metric],
      expr: (scope) => ratio(scope, scope.by('sum', scope.rateOfAny(metric, withOnly(errors, only))), total(scope)),
      activity: total,
    },
  ];
}

/** Latency of one histogram, in its native form first where both are there. */
export function latencySources(histogram: Histogram): SignalSource[] {
  const { metric, scale = 1, only = ALL } = histogram;
  return QUANTILES.flatMap(([signal, quantile]): SignalSource[] => [
    {
      signal,
      metrics: [metric],
      expr: (scope) => quantileExpr(scope, quantile, { buckets: nativeBuckets(scope, histogram), scale }),
      activity: (scope) => counted(scope, scope.rate(metric, only)),
    },
    {
      signal,
      metrics: [`${metric}_bucket`],
      expr: (scope) => quantileExpr(scope, quantile, { buckets: classicBuckets(scope, histogram), scale }),
      activity: (scope) => scope.by('sum', scope.rate(`${metric}_count`, only)),
    },
  ]);
}

/** Rate, errors and latency of a request duration histogram, classic or native. */
export function histogramSources(histogram: Histogram, errors: ErrorSelections): SignalSource[] {
  const { metric, only = ALL } = histogram;
  const nativeTotal = (scope: Scope): ServiceVector => counted(scope, scope.rate(metric, only));
  const native: SignalSource[] = [
    { signal: 'request_rate', metrics: [metric], expr: nativeTotal },
    {
      signal: 'error_ratio',
      metrics: [metric],
      expr: (scope) =>
        ratio(scope, counted(scope, scope.rateOfAny(metric, withOnly(errors, only))), nativeTotal(scope)),
      activity: nativeTotal,
    },
  ];
  return [...native, ...counterSources(`${metric}_count`, errors, only), ...latencySources(histogram)];
}

/** Failed share and p95 run time of background jobs. */
export function jobSources(counter: string, failed: readonly Matcher[]): SignalSource[] {
  const total = (scope: Scope): ServiceVector => scope.by('sum', scope.rate(counter));
  return [
    {
      signal: 'job_failure_ratio',
      metrics: [counter],
      expr: (scope) => ratio(scope, scope.by('sum', scope.rate(counter, failed)), total(scope)),
      activity: total,
    },
  ];
}

export function jobDurationSources(metric: string): SignalSource[] {
  return [
    {
      signal: 'job_duration',
      metrics: [metric],
      expr: (scope) => quantileExpr(scope, 0.95, { buckets: nativeBuckets(scope, { metric }), scale: 1 }),
      activity: (scope) => counted(scope, scope.rate(metric)),
    },
    {
      signal: 'job_duration',
      metrics: [`${metric}_bucket`],
      expr: (scope) => quantileExpr(scope, 0.95, { buckets: classicBuckets(scope, { metric }), scale: 1 }),
      activity: (scope) => scope.by('sum', scope.rate(`${metric}_count`)),
    },
  ];
}

/** `5xx` in whichever of the labels an instrumentation uses; earlier names win, so no request counts twice. */
export function serverErrorsIn(labels: readonly string[], pattern = '5..'): ErrorSelections {
  return labels.map((name, index) => [
    ...labels.slice(0, index).map((before): Matcher => ({ name: before, op: '=', value: '' })),
    { name, op: '=~', value: pattern },
  ]);
}
