import { ascending, quantile } from '../../statistics/quantile.ts';
import { cell } from '../column.ts';
import { durationOf, serviceOf, statusOf } from '../spanFields.ts';
import type { Trace } from '../trace.ts';
import { describeCall, type CallDescription } from './describeCall.ts';

/** Calls of one kind that a service made. Nanoseconds. */
export interface ServiceCall extends CallDescription {
  readonly count: number;
  readonly traces: number;
  readonly errors: number;
  readonly p50Ns: number;
  readonly p95Ns: number;
  readonly totalNs: number;
  /** Of the time of the service's requests; above 1 where calls run side by side. Null where no request was seen. */
  readonly share: number | null;
  /** The slowest. */
  readonly example: { readonly traceId: string; readonly spanId: string };
}

export interface ServiceCalls {
  /** The most time first. */
  readonly calls: readonly ServiceCall[];
  /** Spans of the service that nothing of the service is above. */
  readonly requests: number;
  readonly requestsNs: number;
}

interface Growing {
  readonly description: CallDescription;
  readonly durations: number[];
  readonly traceIds: Set<string>;
  errors: number;
  slowest: { readonly ns: number; readonly traceId: string; readonly spanId: string };
}

/** Takes traces one by one: between them whoever calls may do something else. */
export interface CallTally {
  add(trace: Trace): void;
  result(): ServiceCalls;
}

/** What a service asks of databases, queues and other services, and what it costs it. */
export function createServiceCalls(service: string): CallTally {
  const groups = new Map<string, Growing>();
  let requests = 0;
  let requestsNs = 0;
  return {
    add(trace) {
      const own = trace.services.indexOf(service);
      for (let span = 0; own !== -1 && span < trace.size; span += 1) {
        const description = trace.service[span] === own ? describeCall(trace, span) : undefined;
        if (description !== undefined) {
          addCall(groups, description, { trace, span });
        } else if (trace.service[span] === own && isRequest(trace, span)) {
          requests += 1;
          requestsNs += durationOf(trace, span);
        }
      }
    },
    result() {
      const calls = Array.from(groups.values(), (group) => finish(group, requestsNs));
      return { calls: calls.toSorted((a, b) => b.totalNs - a.totalNs || b.count - a.count), requests, requestsNs };
    },
  };
}

function isRequest(trace: Trace, span: number): boolean {
  const parent = cell(trace.parent, span);
  return parent === -1 || serviceOf(trace, parent) !== serviceOf(trace, span);
}

function addCall(
  groups: Map<string, Growing>,
  description: CallDescription,
  { trace, span }: { readonly trace: Trace; readonly span: number }
): void {
  const { kind, system, target, name } = description;
  const key = [kind, system, target, name].join('\u0000');
  const group = groups.get(key) ?? {
    ...{ description, durations: [], traceIds: new Set<string>(), errors: 0 },
    slowest: { ns: -1, traceId: '', spanId: '' },
  };
  groups.set(key, group);
  const ns = durationOf(trace, span);
  group.durations.push(ns);
  group.traceIds.add(trace.traceId);
  group.errors += statusOf(trace, span) === 'error' ? 1 : 0;
  if (ns > group.slowest.ns) {
    group.slowest = { ns, traceId: trace.traceId, spanId: trace.spanIds[span] ?? '' };
  }
}

function finish({ description, durations, traceIds, errors, slowest }: Growing, requestsNs: number): ServiceCall {
  const sorted = ascending(durations);
  const totalNs = sorted.reduce((sum, ns) => sum + ns, 0);
  return {
    ...description,
    ...{ count: durations.length, traces: traceIds.size, errors, totalNs },
    p50Ns: quantile(sorted, 0.5),
    p95Ns: quantile(sorted, 0.95),
    share: requestsNs === 0 ? null : totalNs / requestsNs,
    example: { traceId: slowest.traceId, spanId: slowest.spanId },
  };
}
