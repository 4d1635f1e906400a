import { ownValue } from '../../ownValue.ts';
import type { EventInput, LinkInput, SpanInput } from '../spanInput.ts';
import { SPAN_KINDS, type Attribute, type AttributeValue, type Resource } from '../trace.ts';
import { normalId, TRACE_ID_LENGTH } from '../traceIds.ts';
import { bigintOf, isList, isRecord, nanosecondsOfMicros, quoted, textOf, type JsonRecord } from './fields.ts';
import { numberIn, wholeNumber } from './otlpAttributes.ts';
import { resourceFrom } from './otlpResource.ts';
import { eachAt, listAt, recordAt, textAt, type Place } from './parts.ts';
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
  listAt(isAnswer ? input : {}, 'errors', { where: '', into }).forEach((error, e) => {
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
  const of = { where, into };
  const traceId = textAt(trace, 'traceID', of);
  const resourceOf = createProcesses(recordAt(trace, 'processes', of), of);
  listAt(trace, 'warnings', of).forEach((warning, w) => {
    into.unusable(`${where}.warnings[${w}]`, `Jaeger says ${quoted(warning)}`);
  });
  listAt(trace, 'spans', of).forEach((span, s) => {
    const at = `${where}.spans[${s}]`;
    if (isRecord(span)) {
      readSpan(span, { where: at, traceId, resourceOf, into });
    } else {
      into.unusable(at, `expected an object, got ${quoted(span)}`);
    }
  });
}

/** Gives each span its process, and all spans of one the same object. */
function createProcesses(known: JsonRecord, { where, into }: Place): (span: JsonRecord, at: Place) => Resource {
  const processes = new Map<unknown, Resource>();
  return (span, at) => {
    const id = textOf(span.processID);
    // Some stores write the process into each span.
    const isOwn = isRecord(span.process);
    const process = isOwn ? span.process : ownValue(known, id);
    if (!isRecord(process)) {
      into.lost('process', at.where, span.processID);
    }
    const place = isOwn ? `${at.where}.process` : `${where}.processes.${id}`;
    const resource = processes.get(process) ?? readProcess(process, { where: place, into });
    processes.set(process, resource);
    return resource;
  };
}

function readProcess(process: unknown, at: Place): Resource {
  if (!isRecord(process)) {
    return resourceFrom([]);
  }
  const name = textOf(process.serviceName);
  if (name === '') {
    at.into.lost('text', `${at.where}.serviceName`, process.serviceName);
  }
  const tags = tagsAt(process, 'tags', at);
  return resourceFrom(name === '' || name === NO_NAME ? tags : [['service.name', name], ...tags]);
}

interface Surroundings {
  readonly where: string;
  readonly traceId: string;
  resourceOf(span: JsonRecord, at: Place): Resource;
  readonly into: TraceCollector;
}

function readSpan(span: JsonRecord, { where, traceId: ofTrace, resourceOf, into }: Surroundings): void {
  const at = { where, into };
  const traceId = textAt(span, 'traceID', at) || ofTrace;
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
      ...relativesOf(span, traceId, at),
      name: textAt(span, 'operationName', at),
      start,
      end: duration === undefined ? null : start + duration,
      ...describe(span, at),
      resource: resourceOf(span, at),
      events: eachAt({ of: span, name: 'logs', kind: 'event' }, at, (log, place) => eventOf(log, start, place)),
    });
  }
}

/** The first parent within the trace; all else that a span refers to is a link. */
function relativesOf(span: JsonRecord, traceId: string, at: Place): Pick<SpanInput, 'parentSpanId' | 'links'> {
  const own = normalId(traceId, TRACE_ID_LENGTH);
  const references = eachAt({ of: span, name: 'references', kind: 'link' }, at, referenceOf).filter(
    ({ spanId }) => spanId !== ''
  );
  const parent = references.find(
    (one) => one.isParent && (one.traceId === '' || normalId(one.traceId, TRACE_ID_LENGTH) === own)
  );
  return {
    // The field is of Jaeger before 1.0.
    parentSpanId: parent === undefined ? textAt(span, 'parentSpanID', at) : parent.spanId,
    links: references.filter((one) => one !== parent).map((reference) => linkOf(reference, traceId)),
  };
}

interface Reference {
  readonly isParent: boolean;
  readonly traceId: string;
  /** '' where it refers to nothing. */
  readonly spanId: string;
}

const REFERENCES: readonly unknown[] = ['CHILD_OF', 'FOLLOWS_FROM', undefined, null];

function referenceOf(reference: JsonRecord, at: Place): Reference {
  const { refType } = reference;
  const spanId = textOf(reference.spanID);
  if (spanId === '') {
    at.into.lost('link', at.where, reference);
  } else if (!REFERENCES.includes(refType)) {
    at.into.lost('reference', at.where, refType);
  }
  return { isParent: refType !== 'FOLLOWS_FROM', traceId: textAt(reference, 'traceID', at), spanId };
}

const linkOf = ({ isParent, ...reference }: Reference, traceId: string): LinkInput => ({
  traceId: reference.traceId || traceId,
  spanId: reference.spanId,
  // A link is what "follows from" says; the other kind would be lost.
  attributes: isParent ? [['opentracing.ref_type', 'child_of']] : [],
});

type Description = Pick<SpanInput, 'kind' | 'status' | 'statusMessage' | 'attributes'>;

function describe(span: JsonRecord, at: Place): Description {
  const tags = tagsAt(span, 'tags', at);
  const kind = takeTag(tags, 'span.kind', (value) => SPAN_KINDS.find((one) => one === value)) ?? 'unspecified';
  const status = takeStatus(tags, errorOf);
  const warnings = listAt(span, 'warnings', at).map((one) => (typeof one === 'string' ? one : quoted(one)));
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

/** Jaeger's `KeyValue` list of a record, with its types. */
function tagsAt(of: JsonRecord, name: string, at: Place): Attribute[] {
  const tags: Attribute[] = [];
  listAt(of, name, at).forEach((tag, i) => {
    if (isRecord(tag) && typeof tag.key === 'string' && tag.key !== '') {
      tags.push([tag.key, tagValue(tag, at)]);
    } else {
      at.into.lost('attribute', `${at.where}.${name}[${i}]`, tag);
    }
  });
  return tags;
}

type TagValue = string | number | boolean;

/** Undefined for what is not of the type. */
const TAG_TYPES: Readonly<Record<string, (value: unknown) => TagValue | undefined>> = {
  int64(value) {
    const number = bigintOf(value);
    return number === undefined ? undefined : wholeNumber(number);
  },
  float64: (value) => (typeof value === 'string' ? numberIn(value) : numberOf(value)),
  bool: (value) => FLAGS.get(value),
  string: plain,
  binary: plain,
  '': plain,
};

const FLAGS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  ['true', true],
  [false, false],
  ['false', false],
]);

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function tagValue(tag: JsonRecord, { where, into }: Place): TagValue {
  const type = typeof tag.type === 'string' ? tag.type.toLowerCase() : quoted(tag.type ?? '');
  const value = ownValue(TAG_TYPES, type)?.(tag.value);
  if (value === undefined) {
    into.lost('value', where, tag);
  }
  return value ?? plain(tag.value) ?? quoted(tag.value ?? '');
}

/** Undefined for a list or an object, which Jaeger never writes. */
function plain(value: unknown): TagValue | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

/** @param start where it stands if it does not say when it was */
function eventOf(log: JsonRecord, start: bigint, at: Place): EventInput {
  const fields = tagsAt(log, 'fields', at);
  const name = takeTag(fields, 'event', asText) ?? '';
  const time = nanosecondsOfMicros(log.timestamp);
  if (time === undefined) {
    at.into.lost('eventTime', at.where, log.timestamp);
  }
  return { name, at: time ?? start, attributes: fields };
}
