import { quote } from '../promql/selector.ts';

export interface BadTracesQuery {
  readonly service: string;
  /** Seconds; null asks for failures only. */
  readonly slowerThan: number | null;
}

/** Longer than any span, and far from where numbers are written with an exponent. */
const LONGEST_SECONDS = 1_000_000_000;

/** TraceQL for traces in which a span of the service failed or took too long. Strings are Go's, as in PromQL. */
export function buildBadTracesQuery({ service, slowerThan }: BadTracesQuery): string {
  const failed = 'status = error';
  const what = slowerThan === null ? failed : `(${failed} || duration > ${durationOf(slowerThan)})`;
  return `{ resource.service.name = ${quote(service)} && ${what} }`;
}

/** A duration as Go reads it, to the microsecond. */
function durationOf(seconds: number): string {
  const microseconds = Math.round(Math.min(Math.max(0, seconds), LONGEST_SECONDS) * 1_000_000);
  return microseconds % 1000 === 0 ? `${microseconds / 1000}ms` : `${microseconds}us`;
}
