import type { EventInput, LinkInput, SpanInput } from '../spanInput.ts';
import { SPAN_KINDS, type Attribute, type AttributeValue, type Resource } from '../trace.ts';
import { normalId, TRACE_ID_LENGTH } from '../traceIds.ts';
import { bigintOf, isList, isRecord, listOf, nanosecondsOfMicros, quoted, textOf, type JsonRecord } from './fields.ts';
import { resourceFrom } from './otlpResource.ts';
import { wholeNumber } from './otlpAttributes.ts';
import { asText, takeStatus, takeTag, withScopeLast } from './tags.ts';
import type { TraceCollector } from './traceCollector.ts';

/** What OpenTelemetry writes to Jaeger for a service without a name. */
const NO_NAME = 'OTLPResourceNoServiceName';

/** Whether this is a trace as Jaeger's API and its page write it, an answer with some, or a list of them. */
export function isJaegerJson(input: unknown): boolean {
  const [first] = tracesIn(input);
  const isAnswer = isRecord(input) && 'data' in input && 'errors' in input;
  return isAnswer || (isRecord(first) && isList(first.spans) && (isRecord(first.processes) || 'traceID' in first));
}

function tracesIn(input: unknown): readonly unknown[] {
  const data = isRecord(input) && 'data' in input ? (input.data ?? []) : input;
  return isList(data) ? data : [data];
}

/**
 * Jaeger's JSON, of its API or downloaded from its page. Its tags are read as OpenTelemetry's mapping to Jaeger writes them: kind, status
 * and scope become what they were. Times are in microseconds.
 */
export function parseJaegerJson(input: unknown, into: TraceCollector): void {
  const isAnswer = isRecord(input) && 'data' in input;
  listOf(isAnswer ? input.errors : undefined).forEach((error, e) => {
    into.unusable(`errors[${e}]`, `Jaeger says ${quoted(isRecord(error) ? error.msg : error)}`);
  });
  tracesIn(input).forEach((trace, t) => {
    const where = isAnswer ? `data[${t}]` : `trace ${t + 1}`;
    if (isRecord(trace)) {
      readTrace(trace, where, into);
    } else {
      into.unusable(where, `expected an object with spans and processes, got ${quoted(trace)}`);
    }
  });
}

function readTrace(trace: JsonRecord, where: string, into: TraceCollector): void {
  const processes = new Map<unknown, Resource>();
  const known = isRecord(trace.processes) ? trace.processes : {};
  const resourceOf = (span: JsonRecord): Resource => {
    const id = textOf(span.processID);
    // Some stores write the process into each span.
    const process = isRecord(span.process) ? span.process : Object.hasOwn(known, id) ? known[id] : undefined;
    const resource = processes.get(process) ?? readProcess(process);
    processes.set(process, resource);
    return resource;
  };
  listOf(trace.spans).forEach((span, s) => {
    const at = `${where}.spans[${s}]`;
    if (isRecord(span)) {
      readSpan(span, { where: at, traceId: textOf(trace.traceID), resourceOf, into });
    } else {
      into.unusable(at, `expected an object, got ${quoted(span)}`);
    }
  });
}

function readProcess(process: unknown): Resource {
  if (!isRecord(process)) {
    return resourceFrom([]);
  }
  const name = textOf(process.serviceName);
  const tags = tagsIn(process.tags);
  return resourceFrom(name === '' || name === NO_NAME ? tags : [['service.name', name], ...tags]);
}

interface Surroundings {
  readonly where: string;
  readonly traceId: string;
  resourceOf(span: JsonRecord): Resource;
  readonly into: TraceCollector;
}

function readSpan(span: JsonRecord, { where, traceId: ofTrace, resourceOf, into }: Surroundings): void {
  const traceId = textOf(span.traceID) || ofTrace;
  const spanId = textOf(span.spanID);
  const start = nanosecondsOfMicros(span.startTime);
  const duration = nanosecondsOfMicros(span.duration);
  if (traceId === '' || spanId === '') {
    into.unusable(where, `expected a ${traceId === '' ? 'traceID' : 'spanID'}`);
  } else if (start === undefined) {
    into.unusable(where, `expected startTime as whole microseconds, got ${quoted(span.startTime)}`);
  } else {
    into.add(traceId, {
      spanId,
      ...relativesOf(span, traceId),
      name: textOf(span.operationName),
      start,
      end: duration === undefined ? null : start + duration,
      ...describe(span),
      resource: resourceOf(span),
      events: listOf(span.logs).filter(isRecord).map(eventOf),
    });
  }
}

/** The first parent within the trace; all else that a span refers to is a link. */
function relativesOf(span: JsonRecord, traceId: string): Pick<SpanInput, 'parentSpanId' | 'links'> {
  const own = normalId(traceId, TRACE_ID_LENGTH);
  const references = listOf(span.references).filter(isRecord);
  const parent = references.find(
    ({ refType, traceID }) =>
      refType !== 'FOLLOWS_FROM' && (textOf(traceID) === '' || normalId(textOf(traceID), TRACE_ID_LENGTH) === own)
  );
  return {
    // The field is of Jaeger before 1.0.
    parentSpanId: parent === undefined ? textOf(span.parentSpanID) : textOf(parent.spanID),
    links: references.filter((one) => one !== parent).map((reference) => linkOf(reference, traceId)),
  };
}

const linkOf = (reference: JsonRecord, traceId: string): LinkInput => ({
  traceId: textOf(reference.traceID) || traceId,
  spanId: textOf(reference.spanID),
  // A link is what "follows from" says; the other kind would be lost.
  attributes: reference.refType === 'FOLLOWS_FROM' ? [] : [['opentracing.ref_type', 'child_of']],
});

type Description = Pick<SpanInput, 'kind' | 'status' | 'statusMessage' | 'attributes'>;

function describe(span: JsonRecord): Description {
  const tags = tagsIn(span.tags);
  const kind = takeTag(tags, 'span.kind', (value) => SPAN_KINDS.find((one) => one === value)) ?? 'unspecified';
  const status = takeStatus(tags, errorOf);
  const warnings = listOf(span.warnings).filter((one) => typeof one === 'string');
  const attributes: Attribute[] = warnings.length === 0 ? tags : [...tags, ['jaeger.warnings', warnings]];
  return { kind, ...status, attributes: withScopeLast(attributes) };
}

/** Jaeger's tag is true or false; what else a client wrote into it stays an attribute. */
function errorOf(value: AttributeValue) {
  if (value === true || value === 'true') {
    return { status: 'error', message: '' } as const;
  }
  return value === false || value === 'false' ? ({ status: 'unset', message: '' } as const) : undefined;
}

/** Jaeger's `KeyValue` list, with its types. */
function tagsIn(list: unknown): Attribute[] {
  return listOf(list)
    .filter(isRecord)
    .filter(({ key }) => typeof key === 'string' && key !== '')
    .map((tag): Attribute => [textOf(tag.key), tagValue(tag)]);
}

function tagValue({ type, value }: JsonRecord): string | number | boolean {
  if (type === 'int64' || type === 'INT64') {
    const number = bigintOf(value);
    return number === undefined ? plain(value) : wholeNumber(number);
  }
  if ((type === 'float64' || type === 'FLOAT64') && typeof value === 'string' && value !== '') {
    return Number(value);
  }
  if (type === 'bool' || type === 'BOOL') {
    return value === true || value === 'true';
  }
  return plain(value);
}

const plain = (value: unknown): string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : quoted(value ?? '');

function eventOf(log: JsonRecord): EventInput {
  const fields = tagsIn(log.fields);
  const name = takeTag(fields, 'event', asText) ?? '';
  return { name, at: nanosecondsOfMicros(log.timestamp) ?? 0n, attributes: fields };
}
