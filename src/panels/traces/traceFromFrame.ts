import type { DataFrame } from '@grafana/data';
import { isRecord, listOf, textOf } from '../../core/traces/parse/fields.ts';
import { resourceFrom } from '../../core/traces/parse/otlpResource.ts';
import type { EventInput, LinkInput, SpanInput } from '../../core/traces/spanInput.ts';
import {
  NOTICE_CODES,
  SPAN_KINDS,
  SPAN_STATUSES,
  type Attribute,
  type AttributeValue,
  type Resource,
  type SpanKind,
  type SpanStatus,
  type Trace,
  type TraceNotice,
} from '../../core/traces/trace.ts';
import { createTraceBuilder } from '../../core/traces/traceBuilder.ts';

const NEEDED = ['traceID', 'spanID', 'parentSpanID', 'operationName', 'serviceName', 'startTime', 'duration'] as const;

/** A frame in the form that Grafana's trace view draws, whichever data source it came from. */
export const isTraceFrame = (frame: DataFrame): boolean =>
  NEEDED.every((name) => frame.fields.some((field) => field.name === name)) && frame.length > 0;

/**
 * The trace of such a frame, with what the source of the frame said about it (see `traceFrame` of the engine). Its times are milliseconds in doubles: starts are kept to
 * the microsecond, durations as they are.
 */
export function traceFromFrame(frame: DataFrame): Trace {
  const columns = new Map(frame.fields.map(({ name, values }) => [name, values]));
  const value = (name: string, row: number): unknown => columns.get(name)?.[row];
  const resources = new Map<string, Resource>();
  const builder = createTraceBuilder(textOf(value('traceID', 0)));
  for (let row = 0; row < frame.length; row += 1) {
    builder.add(spanOf((name) => value(name, row), resources));
  }
  const trace = builder.build();
  const given = listOf(frame.meta?.custom?.['traceNotices']).flatMap(noticeOf);
  const found = trace.notices.filter(({ code }) => given.every((one) => one.code !== code));
  return { ...trace, notices: [...given, ...found] };
}

function noticeOf(given: unknown): readonly TraceNotice[] {
  const code = isRecord(given) ? NOTICE_CODES.find((one) => one === given.code) : undefined;
  return !isRecord(given) || code === undefined
    ? []
    : [
        {
          code,
          message: textOf(given.message),
          count: number(given.count),
          spanIds: listOf(given.spanIds).map(textOf),
        },
      ];
}

type Row = (name: string) => unknown;

function spanOf(row: Row, resources: Map<string, Resource>): SpanInput {
  const start = nanoseconds(row('startTime'));
  const tags = attributesOf(row('tags'));
  return {
    spanId: textOf(row('spanID')),
    parentSpanId: textOf(row('parentSpanID')),
    name: textOf(row('operationName')),
    kind: kindOf(row, tags),
    start,
    end: start + BigInt(Math.max(0, Math.round(number(row('duration')) * 1e6))),
    status: statusOf(row, tags),
    statusMessage: textOf(row('statusMessage')),
    resource: resourceOf(row, resources),
    attributes: tags,
    events: listOf(row('logs')).filter(isRecord).map(eventOf),
    links: listOf(row('references')).filter(isRecord).map(linkOf),
  };
}

const number = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/** Milliseconds of an epoch, to the microsecond: a double holds no more of them. */
const nanoseconds = (ms: unknown): bigint => BigInt(Math.round(number(ms) * 1000)) * 1000n;

function kindOf(row: Row, tags: readonly Attribute[]): SpanKind {
  const text = textOf(row('kind')) || tags.find(([key]) => key === 'span.kind')?.[1];
  return SPAN_KINDS.find((kind) => kind === text) ?? 'unspecified';
}

function statusOf(row: Row, tags: readonly Attribute[]): SpanStatus {
  const failed = tags.some(([key, value]) => key === 'error' && (value === true || value === 'true'));
  return failed ? 'error' : (SPAN_STATUSES[number(row('statusCode'))] ?? 'unset');
}

function resourceOf(row: Row, known: Map<string, Resource>): Resource {
  const service = textOf(row('serviceName'));
  const tags = attributesOf(row('serviceTags'));
  const key = JSON.stringify([service, tags]);
  const named = tags.some(([name]) => name === 'service.name') ? tags : [['service.name', service] as const, ...tags];
  const resource = known.get(key) ?? resourceFrom(named);
  known.set(key, resource);
  return resource;
}

const attributesOf = (list: unknown): readonly Attribute[] =>
  listOf(list).flatMap((pair) =>
    isRecord(pair) && typeof pair.key === 'string' && pair.key !== '' ? [[pair.key, valueOf(pair.value)] as const] : []
  );

/** Data sources hand out texts, numbers, flags, or JSON in a text; anything else is kept as JSON. */
const valueOf = (value: unknown): AttributeValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : JSON.stringify(value ?? '');

const eventOf = (log: Readonly<Record<string, unknown>>): EventInput => {
  const attributes = attributesOf(log.fields);
  const named = attributes.find(([key]) => key === 'event' || key === 'message')?.[1];
  return { name: textOf(log.name) || textOf(named) || 'event', at: nanoseconds(log.timestamp), attributes };
};

const linkOf = (reference: Readonly<Record<string, unknown>>): LinkInput => ({
  traceId: textOf(reference.traceID),
  spanId: textOf(reference.spanID),
  attributes: attributesOf(reference.tags),
});
