import { cell } from '../column.ts';
import { operationOf, serviceOf } from '../spanFields.ts';
import type { Trace } from '../trace.ts';

/** One end of a link. */
export interface LinkEnd {
  readonly traceId: string;
  readonly spanId: string;
  readonly service: string;
  readonly operation: string;
}

/** Work that one trace handed to another: the span that took it carries the link. */
export interface WorkLink {
  readonly direction: 'upstream' | 'downstream';
  /** The other trace. */
  readonly traceId: string;
  /** Null where its span is not known. */
  readonly producer: LinkEnd | null;
  readonly consumer: LinkEnd | null;
  /** From the end of the producer to the start of the consumer; 0 where they overlap, null where one is not known. */
  readonly queueWaitNs: number | null;
  /** When the producer ended: nanoseconds after the start of the trace whose links these are. Null where it is not known. */
  readonly handedOverNs: number | null;
}

/** A link as a span of a trace carries it. */
export interface OutwardLink {
  readonly span: number;
  readonly traceId: string;
  readonly spanId: string;
}

/** Links of a trace to others, each pair of spans once, in the order of the spans. */
export function outwardLinks(trace: Trace): readonly OutwardLink[] {
  const seen = new Set<string>();
  return Array.from(trace.links).flatMap(([span, links]) =>
    links.flatMap(({ traceId, spanId }) => {
      const key = `${span} ${traceId} ${spanId}`;
      if (traceId === trace.traceId || traceId === '' || seen.has(key)) {
        return [];
      }
      seen.add(key);
      return [{ span, traceId, spanId }];
    })
  );
}

/** The work that a trace was handed, along one of its links. @param other the trace that it leads to, where it could be read */
export function upstreamLink(trace: Trace, link: OutwardLink, other: Trace | undefined): WorkLink {
  const producer = other === undefined ? -1 : other.spanIds.indexOf(link.spanId);
  const known = { direction: 'upstream', traceId: link.traceId, consumer: endAt(trace, link.span) } as const;
  return other === undefined || producer === -1
    ? { ...known, producer: null, queueWaitNs: null, handedOverNs: null }
    : {
        ...known,
        producer: endAt(other, producer),
        queueWaitNs: waitBetween({ trace: other, span: producer }, { trace, span: link.span }),
        handedOverNs: startBetween(trace, other) + cell(other.endNs, producer),
      };
}

/** The work that a trace handed on to another, along the links of that one that lead here. */
export function downstreamLinks(trace: Trace, other: Trace): readonly WorkLink[] {
  return outwardLinks(other)
    .filter(({ traceId }) => traceId === trace.traceId)
    .map((link): WorkLink => {
      const { handedOverNs, ...joined } = upstreamLink(other, link, trace);
      return {
        ...{ ...joined, direction: 'downstream', traceId: other.traceId },
        handedOverNs: handedOverNs === null ? null : startBetween(trace, other) + handedOverNs,
      };
    });
}

/** From the start of one trace to that of another, in nanoseconds: each has its own zero. */
export const startBetween = (trace: Trace, other: Trace): number => Number(other.epochNs - trace.epochNs);

const endAt = (trace: Trace, span: number): LinkEnd => ({
  traceId: trace.traceId,
  spanId: trace.spanIds[span] ?? '',
  service: serviceOf(trace, span),
  operation: operationOf(trace, span),
});

interface SpanOfTrace {
  readonly trace: Trace;
  readonly span: number;
}

function waitBetween(producer: SpanOfTrace, consumer: SpanOfTrace): number {
  const apart = startBetween(producer.trace, consumer.trace);
  const wait = apart + cell(consumer.trace.startNs, consumer.span) - cell(producer.trace.endNs, producer.span);
  return Math.max(0, wait);
}
