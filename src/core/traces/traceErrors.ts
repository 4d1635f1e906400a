import { patternOf } from '../evidence/logPatterns.ts';
import { cell } from './column.ts';
import { errorSpread } from './errorSpread.ts';
import { exceptionOf } from './exceptionOf.ts';
import { operationKey, type Operation } from './operationIndex.ts';
import { operationOf, serviceOf } from './spanFields.ts';
import type { Trace } from './trace.ts';

/** Failures that say the same and began in the same operation. */
export interface TraceErrors extends Operation {
  /** '' where no type is said. */
  readonly type: string;
  /** The message with what varies replaced by `<*>`; '' where there is none. */
  readonly template: string;
  /** Spans in which such a failure began. */
  readonly count: number;
  readonly traces: number;
  /** Ends of the first and the last such span, nanoseconds since 1970. */
  readonly firstNs: bigint;
  readonly lastNs: bigint;
  /** The one that came last. */
  readonly example: { readonly traceId: string; readonly spanId: string; readonly message: string };
}

interface Growing extends Omit<TraceErrors, 'traces'> {
  readonly traceIds: Set<string>;
}

/** Failures of one or many traces by origin, type and message template, the most frequent first. */
export function traceErrors(traces: readonly Trace[]): readonly TraceErrors[] {
  const rows = new Map<string, Growing>();
  for (const trace of traces) {
    for (const span of errorSpread(trace).origins) {
      const { type, message } = exceptionOf(trace, span);
      const origin = { service: serviceOf(trace, span), operation: operationOf(trace, span) };
      const template = patternOf(message);
      const at = trace.epochNs + BigInt(cell(trace.endNs, span));
      const example = { traceId: trace.traceId, spanId: trace.spanIds[span] ?? '', message };
      const key = [operationKey(origin), type, template].join('\u0000');
      rows.set(key, grown(rows.get(key), { ...origin, type, template, count: 1, firstNs: at, lastNs: at, example }));
    }
  }
  return Array.from(rows.values(), ({ traceIds, ...row }) => ({ ...row, traces: traceIds.size })).sort(
    (a, b) => b.count - a.count || (a.lastNs < b.lastNs ? 1 : -1)
  );
}

function grown(before: Growing | undefined, one: Omit<TraceErrors, 'traces'>): Growing {
  const traceIds = before?.traceIds ?? new Set<string>();
  traceIds.add(one.example.traceId);
  if (before === undefined) {
    return { ...one, traceIds };
  }
  const isLater = one.lastNs >= before.lastNs;
  return {
    ...before,
    count: before.count + 1,
    firstNs: one.firstNs < before.firstNs ? one.firstNs : before.firstNs,
    lastNs: isLater ? one.lastNs : before.lastNs,
    example: isLater ? one.example : before.example,
    traceIds,
  };
}
