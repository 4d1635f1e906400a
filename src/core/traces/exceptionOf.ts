import { attributeOf } from './spanFields.ts';
import type { Attribute, AttributeValue, SpanEvent, Trace } from './trace.ts';

/** What a failed span says of its failure; '' for what it does not say. */
export interface SpanException {
  readonly type: string;
  readonly message: string;
  readonly stack: string;
}

/** Names of the OpenTelemetry conventions first, then those of OpenTracing, which Jaeger's clients wrote. */
const TYPE_KEYS = ['exception.type', 'error.type', 'error.kind'];
const MESSAGE_KEYS = ['exception.message', 'error.message', 'message', 'error.object'];
const STACK_KEYS = ['exception.stacktrace', 'stack'];

/**
 * The last exception that was recorded on a span (an earlier one may have been handled), else what its status and attributes say: a
 * status message, a type of error, a code of HTTP or gRPC.
 */
export function exceptionOf(trace: Trace, span: number): SpanException {
  const event = trace.events.get(span)?.findLast(isException);
  const ofEvent = (keys: readonly string[]): string => textAt(event?.attributes ?? [], keys);
  const ofSpan = (keys: readonly string[]): string =>
    keys.map((key) => written(attributeOf(trace, span, key))).find((text) => text !== '') ?? '';
  const status = trace.statusMessages.get(span) ?? '';
  return {
    type: ofEvent(TYPE_KEYS) || ofSpan(TYPE_KEYS),
    message: ofEvent(MESSAGE_KEYS) || status || ofSpan(MESSAGE_KEYS) || codeOf(ofSpan),
    stack: ofEvent(STACK_KEYS) || ofSpan(STACK_KEYS),
  };
}

const isException = ({ name, attributes }: SpanEvent): boolean =>
  name === 'exception' || (name === 'error' && textAt(attributes, [...TYPE_KEYS, ...MESSAGE_KEYS]) !== '');

function textAt(attributes: readonly Attribute[], keys: readonly string[]): string {
  for (const key of keys) {
    const text = written(attributes.find(([name]) => name === key)?.[1]);
    if (text !== '') {
      return text;
    }
  }
  return '';
}

function codeOf(ofSpan: (keys: readonly string[]) => string): string {
  const http = ofSpan(['http.response.status_code', 'http.status_code']);
  const grpc = ofSpan(['rpc.grpc.status_code']);
  if (http !== '') {
    return `HTTP ${http}`;
  }
  return grpc === '' ? '' : `gRPC status ${grpc}`;
}

function written(value: AttributeValue | undefined): string {
  if (value === undefined) {
    return '';
  }
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
