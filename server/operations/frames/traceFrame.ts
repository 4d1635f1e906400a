import { MOST_SPANS, type DataFrameJson } from '../../../src/api/frames.ts';
import type { Json } from '../../../src/core/json.ts';
import { cell } from '../../../src/core/traces/column.ts';
import {
  attributesOf,
  durationOf,
  kindOf,
  operationOf,
  resourceOf,
  serviceOf,
} from '../../../src/core/traces/spanFields.ts';
import type { Attribute, SpanEvent, SpanLink, Trace } from '../../../src/core/traces/trace.ts';
import {
  buildFrame,
  jsonColumn,
  numberColumn,
  textColumn,
  warning,
  type Column,
  type FrameMeta,
  type Notice,
} from './buildFrame.ts';

/** Nanoseconds to the milliseconds of Grafana's trace frames. */
const MS = 1e6;

/** About 36 MiB: a relay takes 64 from the engine, and Grafana's own view draws far fewer well. */
const USUAL_SPANS = 50_000;

export interface TraceFrameOptions {
  readonly refId: string;
  /** Spans at most. */
  readonly limit?: number | undefined;
}

/**
 * A trace as Grafana's own trace view reads it: one row per span, times and durations in milliseconds. A double holds a time of today to
 * about 0.2 µs, which is all that this form of a trace carries. Of a larger trace than `limit` come the spans nearest to its roots.
 */
export function traceFrame(trace: Trace, { refId, limit = USUAL_SPANS }: TraceFrameOptions): DataFrameJson {
  const spans = nearestToRoots(trace, limit);
  const epochMs = Number(trace.epochNs / BigInt(MS));
  const restNs = Number(trace.epochNs % BigInt(MS));
  const at = (ns: number): number => epochMs + (restNs + ns) / MS;
  const each = <T>(read: (span: number) => T): T[] => spans.map(read);
  const columns: readonly Column[] = [
    textColumn(
      'traceID',
      each(() => trace.traceId)
    ),
    textColumn(
      'spanID',
      each((span) => trace.spanIds[span] ?? '')
    ),
    textColumn(
      'parentSpanID',
      each((span) => trace.spanIds[cell(trace.parent, span)] ?? trace.missingParents.get(span) ?? '')
    ),
    textColumn(
      'operationName',
      each((span) => operationOf(trace, span))
    ),
    textColumn(
      'serviceName',
      each((span) => serviceOf(trace, span))
    ),
    jsonColumn(
      'serviceTags',
      each((span) => pairs(resourceOf(trace, span)))
    ),
    textColumn(
      'kind',
      each((span) => kindOf(trace, span))
    ),
    numberColumn(
      'statusCode',
      each((span) => cell(trace.status, span))
    ),
    textColumn(
      'statusMessage',
      each((span) => trace.statusMessages.get(span) ?? '')
    ),
    numberColumn(
      'startTime',
      each((span) => at(cell(trace.startNs, span)))
    ),
    numberColumn(
      'duration',
      each((span) => durationOf(trace, span) / MS)
    ),
    jsonColumn(
      'logs',
      each((span) => (trace.events.get(span) ?? []).map((event) => logOf(event, at)))
    ),
    jsonColumn(
      'references',
      each((span) => (trace.links.get(span) ?? []).map(referenceOf))
    ),
    jsonColumn(
      'tags',
      each((span) => pairs(attributesOf(trace, span)))
    ),
  ];
  const left = leftOut(trace.size, spans.length);
  return buildFrame(
    { refId, name: 'trace', meta: { preferredVisualisationType: 'trace', ...noticesMeta(trace, left) } },
    columns
  );
}

/** In the trace's own order. What is left out lies below what is there, so that no span loses its parent. */
function nearestToRoots({ size, depth }: Trace, limit: number): number[] {
  const all = Array.from({ length: size }, (_, span) => span);
  return size <= limit
    ? all
    : all
        .toSorted((a, b) => cell(depth, a) - cell(depth, b) || a - b)
        .slice(0, limit)
        .toSorted((a, b) => a - b);
}

const leftOut = (size: number, shown: number): Notice[] =>
  shown === size
    ? []
    : [
        warning(
          `These are ${shown} of the trace's ${size} spans, the nearest to its beginning; raise the limit (up to ${MOST_SPANS}), or open the trace in Pharos, which shows all.`
        ),
      ];

/** In words for Grafana, and whole for the traces panel. */
function noticesMeta({ notices }: Trace, left: readonly Notice[]): FrameMeta {
  const said = [...left, ...notices.map(({ message }) => warning(message))];
  const traceNotices = notices.map((notice) => ({ ...notice, spanIds: [...notice.spanIds] }));
  return said.length === 0 ? {} : { notices: said, ...(notices.length > 0 && { custom: { traceNotices } }) };
}

const pairs = (attributes: readonly Attribute[]): Json => attributes.map(([key, value]) => ({ key, value }));

const logOf = ({ name, atNs, attributes }: SpanEvent, at: (ns: number) => number): Json => ({
  timestamp: at(atNs),
  name,
  fields: pairs(attributes),
});

const referenceOf = ({ traceId, spanId, attributes }: SpanLink): Json => ({
  traceID: traceId,
  spanID: spanId,
  tags: pairs(attributes),
});
