import { SPAN_KINDS, SPAN_STATUSES, type Attribute, type Resource, type SpanKind, type SpanStatus } from '../trace.ts';
import { hexOfBase64 } from './base64.ts';
import { attributesIn } from './otlpAttributes.ts';
import { bigintOf, isRecord, listOf, quoted, textOf, type JsonRecord } from './fields.ts';
import { besidesAttributes, resourceFrom, scopeAttributes } from './otlpResource.ts';
import type { TraceCollector } from './traceCollector.ts';
import type { EventInput, LinkInput, SpanInput } from '../spanInput.ts';

/**
 * OTLP as JSON (`resourceSpans`), and Tempo's two forms of it: `{batches}` of its first API and `{trace, status, message}` of the second,
 * which write ids as base64. A span that cannot be used is told to the collector; the rest goes on.
 * @param earlier how many batches came before, where the input is a piece of a larger one
 */
export function parseOtlpJson(input: JsonRecord, into: TraceCollector, earlier = 0): void {
  const trace = isRecord(input.trace) ? input.trace : input;
  if (isPartial(input.status)) {
    into.note(truncatedNotice(textOf(input.message)));
  }
  const [name, batches] = 'batches' in trace ? ['batches', trace.batches] : ['resourceSpans', trace.resourceSpans];
  listOf(batches).forEach((batch, b) => {
    const where = `${name}[${earlier + b}]`;
    if (isRecord(batch)) {
      readBatch(batch, where, into);
    } else {
      into.unusable(where, `expected an object, got ${quoted(batch)}`);
    }
  });
}

/** Tempo's `PartialStatus`. */
const isPartial = (status: unknown): boolean => status === 'PARTIAL' || status === 1;

export const truncatedNotice = (words: string) =>
  ({
    code: 'truncated',
    message: `Tempo gave only a part of this trace${words === '' ? '; it is larger than Tempo may answer (max_bytes_per_trace)' : `: ${words}`}.`,
    count: 1,
    spanIds: [],
  }) as const;

function readBatch(batch: JsonRecord, where: string, into: TraceCollector): void {
  const resource = resourceFrom(isRecord(batch.resource) ? attributesIn(batch.resource.attributes) : []);
  // The second name is of OTLP before 0.19.
  for (const name of ['scopeSpans', 'instrumentationLibrarySpans']) {
    listOf(batch[name]).forEach((group, g) => {
      if (isRecord(group)) {
        const scope = isRecord(group.scope) ? group.scope : group.instrumentationLibrary;
        const shared = isRecord(scope) ? scopeAttributes(textOf(scope.name), textOf(scope.version)) : [];
        listOf(group.spans).forEach((span, s) => {
          readSpan(span, { where: `${where}.${name}[${g}].spans[${s}]`, resource, shared, into });
        });
      } else {
        into.unusable(`${where}.${name}[${g}]`, `expected an object, got ${quoted(group)}`);
      }
    });
  }
}

interface Surroundings {
  readonly where: string;
  readonly resource: Resource;
  /** Attributes of the scope, which each of its spans carries. */
  readonly shared: readonly Attribute[];
  readonly into: TraceCollector;
}

function readSpan(span: unknown, { where, resource, shared, into }: Surroundings): void {
  if (!isRecord(span)) {
    into.unusable(where, `expected an object, got ${quoted(span)}`);
    return;
  }
  const traceId = idOf(span.traceId, 32);
  const spanId = idOf(span.spanId, 16);
  const start = timeOf(span.startTimeUnixNano);
  const end = timeOf(span.endTimeUnixNano);
  if (traceId === '' || spanId === '') {
    into.unusable(where, `expected a ${traceId === '' ? 'traceId' : 'spanId'}`);
  } else if (start === undefined || end === undefined) {
    const [name, value] =
      start === undefined ? ['startTimeUnixNano', span.startTimeUnixNano] : ['endTimeUnixNano', span.endTimeUnixNano];
    into.unusable(where, `expected ${name} as whole nanoseconds, got ${quoted(value)}`);
  } else {
    if (isRounded(span.startTimeUnixNano) || isRounded(span.endTimeUnixNano)) {
      into.roundedTimes();
    }
    into.add(traceId, {
      spanId,
      parentSpanId: idOf(span.parentSpanId, 16),
      start,
      // Protobuf leaves out what is 0.
      end: end === 0n ? null : end,
      ...describe(span),
      resource,
      attributes: [...attributesIn(span.attributes), ...besidesIn(span), ...shared],
    });
  }
}

const besidesIn = (span: JsonRecord): readonly Attribute[] =>
  besidesAttributes({
    traceState: textOf(span.traceState),
    droppedAttributes: countOf(span.droppedAttributesCount),
    droppedEvents: countOf(span.droppedEventsCount),
    droppedLinks: countOf(span.droppedLinksCount),
  });

const countOf = (value: unknown): number => (value === undefined ? 0 : Number(bigintOf(value) ?? 0n));

type Description = Pick<SpanInput, 'name' | 'kind' | 'status' | 'statusMessage' | 'events' | 'links'>;

function describe(span: JsonRecord): Description {
  const status = isRecord(span.status) ? span.status : {};
  return {
    name: textOf(span.name),
    kind: kindOf(span.kind),
    status: statusOf(status.code),
    statusMessage: textOf(status.message),
    events: listOf(span.events).filter(isRecord).map(eventOf),
    links: listOf(span.links).filter(isRecord).map(linkOf),
  };
}

/** Hex as OTLP says, or base64 as Tempo writes it; what is neither is kept. */
function idOf(value: unknown, hexLength: number): string {
  const text = textOf(value);
  const isBase64 = text.length === Math.ceil(hexLength / 6) * 4 && text.endsWith('=');
  return (isBase64 ? hexOfBase64(text) : undefined) ?? text;
}

const timeOf = (value: unknown): bigint | undefined => (value === undefined || value === null ? 0n : bigintOf(value));

/** OTLP writes times as text: as a number of JSON one has lost its last digits when it is read. */
const isRounded = (value: unknown): boolean => typeof value === 'number' && !Number.isSafeInteger(value);

function kindOf(value: unknown): SpanKind {
  const index = typeof value === 'number' ? value : KIND_NAMES.indexOf(textOf(value));
  return SPAN_KINDS[index] ?? 'unspecified';
}

function statusOf(value: unknown): SpanStatus {
  const index = typeof value === 'number' ? value : STATUS_NAMES.indexOf(textOf(value));
  return SPAN_STATUSES[index] ?? 'unset';
}

const KIND_NAMES = SPAN_KINDS.map((kind) => `SPAN_KIND_${kind.toUpperCase()}`);
const STATUS_NAMES = SPAN_STATUSES.map((status) => `STATUS_CODE_${status.toUpperCase()}`);

const eventOf = (event: JsonRecord): EventInput => ({
  name: textOf(event.name),
  at: timeOf(event.timeUnixNano) ?? 0n,
  attributes: attributesIn(event.attributes),
});

const linkOf = (link: JsonRecord): LinkInput => ({
  traceId: idOf(link.traceId, 32),
  spanId: idOf(link.spanId, 16),
  attributes: attributesIn(link.attributes),
});
