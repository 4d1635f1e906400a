import { ascending, quantile } from '../statistics/quantile.ts';
import { cell } from './column.ts';
import { criticalPath } from './criticalPath.ts';
import { criticalTimes } from './criticalTimes.ts';
import { createInterner } from './interner.ts';
import { operationIndex, operationKey, type Operation } from './operationIndex.ts';
import { preorder } from './preorder.ts';
import { selfTimes } from './selfTime.ts';
import { durationOf } from './spanFields.ts';
import { SPAN_STATUSES, type Trace } from './trace.ts';

const ERROR = SPAN_STATUSES.indexOf('error');

/** A time of one path, in nanoseconds: over all traces, and per trace over the traces in which the path occurs. */
export interface PathTime {
  readonly sumNs: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
}

/** All spans, over many traces, to which the same services and operations lead down from a root. */
export interface MergedPath extends Operation {
  /** Index of the path above, or -1. */
  readonly parent: number;
  readonly depth: number;
  /** The paths below it are those up to, without, this index. */
  readonly subtreeEnd: number;
  /** Spans. */
  readonly count: number;
  /** Spans that failed. */
  readonly errors: number;
  /** Traces in which it occurs. */
  readonly traces: number;
  /** Of the durations. */
  readonly total: PathTime;
  readonly self: PathTime;
  /** On the critical path of the trace's earliest root. */
  readonly critical: PathTime;
}

export interface MergedPaths {
  readonly traces: number;
  /** In preorder; of siblings the one with the longest total first. */
  readonly paths: readonly MergedPath[];
}

interface Growing {
  readonly parent: number;
  readonly operation: Operation;
  count: number;
  errors: number;
  /** The last trace that was added. */
  trace: number;
  readonly total: number[];
  readonly self: number[];
  readonly critical: number[];
}

/** Many traces as one tree of service+operation paths, for a flame graph and a table. O(n log n), no recursion. */
export function mergePaths(traces: readonly Trace[]): MergedPaths {
  const names = createInterner<Operation>(operationKey);
  const places = createInterner<string>();
  const grown: Growing[] = [];

  const pathAt = (parent: number, operation: number): number => {
    const place = places.index(`${parent} ${operation}`);
    const named = names.values[operation];
    if (place === grown.length && named !== undefined) {
      grown.push({ parent, operation: named, count: 0, errors: 0, trace: -1, total: [], self: [], critical: [] });
    }
    return place;
  };

  traces.forEach((trace, at) => {
    const { ofSpan, operations } = operationIndex(trace);
    const named = Uint32Array.from(operations, (operation) => names.index(operation));
    const self = selfTimes(trace);
    const critical = criticalTimes(trace, criticalPath(trace));
    const placeOf = new Uint32Array(trace.size);
    for (let span = 0; span < trace.size; span += 1) {
      const parent = cell(trace.parent, span);
      const place = pathAt(parent === -1 ? -1 : cell(placeOf, parent), cell(named, cell(ofSpan, span)));
      placeOf[span] = place;
      add(grown[place], at, {
        failed: trace.status[span] === ERROR,
        total: durationOf(trace, span),
        self: cell(self, span),
        critical: cell(critical, span),
      });
    }
  });
  return { traces: traces.length, paths: inPreorder(grown) };
}

interface SpanTimes {
  readonly failed: boolean;
  readonly total: number;
  readonly self: number;
  readonly critical: number;
}

function add(path: Growing | undefined, trace: number, times: SpanTimes): void {
  if (path === undefined) {
    return;
  }
  if (path.trace !== trace) {
    path.trace = trace;
    path.total.push(0);
    path.self.push(0);
    path.critical.push(0);
  }
  const last = path.total.length - 1;
  path.total[last] = cell(path.total, last) + times.total;
  path.self[last] = cell(path.self, last) + times.self;
  path.critical[last] = cell(path.critical, last) + times.critical;
  path.count += 1;
  path.errors += times.failed ? 1 : 0;
}

function inPreorder(grown: readonly Growing[]): readonly MergedPath[] {
  const times = grown.map(({ total, self, critical }) => ({
    total: pathTime(total),
    self: pathTime(self),
    critical: pathTime(critical),
  }));
  const sumOf = (path: number): number => times[path]?.total.sumNs ?? 0;
  const tree = preorder({
    parent: Int32Array.from(grown, ({ parent }) => parent),
    compare: (a, b) => sumOf(b) - sumOf(a) || a - b,
  });
  return Array.from(tree.order).flatMap((from, at) => {
    const [path, time] = [grown[from], times[from]];
    if (path === undefined || time === undefined) {
      return [];
    }
    const { operation, count, errors, total } = path;
    const [parent, depth, subtreeEnd] = [tree.parent, tree.depth, tree.subtreeEnd].map((column) => cell(column, at));
    return [{ ...operation, ...place(parent, depth, subtreeEnd), count, errors, traces: total.length, ...time }];
  });
}

const place = (parent = -1, depth = 0, subtreeEnd = 0) => ({ parent, depth, subtreeEnd });

function pathTime(perTrace: readonly number[]): PathTime {
  const sorted = ascending(perTrace);
  return {
    sumNs: perTrace.reduce((sum, time) => sum + time, 0),
    p50Ns: quantile(sorted, 0.5),
    p95Ns: quantile(sorted, 0.95),
  };
}
