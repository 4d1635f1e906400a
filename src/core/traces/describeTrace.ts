import { cell } from './column.ts';
import type { CriticalPath } from './criticalPath.ts';
import { errorSpread } from './errorSpread.ts';
import { durationOf, operationOf, serviceOf } from './spanFields.ts';
import { SPAN_STATUSES, type Trace } from './trace.ts';

export interface PathShare {
  readonly service: string;
  readonly operation: string;
  /** One of its spans on the path, the one with the most time there. */
  readonly span: number;
  /** Of the root's duration, 0–1. */
  readonly share: number;
}

/** What a reader asks first: how long did it take, where was the time, what failed. */
export interface TraceAnswer {
  /** The span whose path it is; -1 in a trace without spans. */
  readonly root: number;
  /** Of the root. */
  readonly durationNs: number;
  /** Where most of the critical path is; null where there is no path. */
  readonly most: PathShare | null;
  /** Where failing began (see `errorSpread`), at most one span of each service, by start. */
  readonly failedFirst: readonly number[];
  readonly errors: number;
}

const ERROR = SPAN_STATUSES.indexOf('error');

export function describeTrace(trace: Trace, path: CriticalPath): TraceAnswer {
  const { root } = path;
  return {
    root,
    durationNs: root === -1 ? 0 : durationOf(trace, root),
    most: mostOfPath(trace, path),
    failedFirst: firstOfEach(errorSpread(trace).origins, (span) => cell(trace.service, span)),
    errors: trace.status.reduce((sum, status) => sum + (status === ERROR ? 1 : 0), 0),
  };
}

function mostOfPath(trace: Trace, { root, sections }: CriticalPath): PathShare | null {
  const times = new Map<string, { total: number; span: number; longest: number }>();
  for (const { span, startNs, endNs } of sections) {
    const key = `${cell(trace.service, span)} ${cell(trace.name, span)}`;
    const took = endNs - startNs;
    const known = times.get(key);
    if (known === undefined) {
      times.set(key, { total: took, span, longest: took });
    } else {
      known.total += took;
      if (took > known.longest) {
        known.longest = took;
        known.span = span;
      }
    }
  }
  const [first] = [...times.values()].sort((a, b) => b.total - a.total);
  if (first === undefined) {
    return null;
  }
  const { span, total } = first;
  return {
    service: serviceOf(trace, span),
    operation: operationOf(trace, span),
    span,
    share: total / Math.max(1, durationOf(trace, root)),
  };
}

function firstOfEach(spans: readonly number[], keyOf: (span: number) => number): number[] {
  const seen = new Set<number>();
  return spans.filter((span) => {
    const isNew = !seen.has(keyOf(span));
    seen.add(keyOf(span));
    return isNew;
  });
}
