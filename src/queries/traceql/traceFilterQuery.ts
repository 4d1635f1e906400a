import { quote } from '../promql/selector.ts';

/** Conditions on one span; all of them hold. */
export interface TraceConditions {
  readonly service?: string | undefined;
  readonly operation?: string | undefined;
  readonly status?: 'error' | 'ok' | 'unset' | undefined;
  /** Of the span. */
  readonly minDurationMs?: number | undefined;
  readonly maxDurationMs?: number | undefined;
  readonly attributes?: readonly AttributeCondition[];
}

export interface AttributeCondition {
  readonly scope: 'span' | 'resource' | 'any';
  readonly key: string;
  readonly op: '=' | '!=' | '=~' | '!~' | '>' | '>=' | '<' | '<=';
  readonly value: string | number | boolean;
}

/** TraceQL for traces with a span that meets every condition; `{ }` finds any. Strings are Go's, as in PromQL. */
export function buildTraceFilterQuery(filter: TraceConditions): string {
  const { service, operation, status, minDurationMs, maxDurationMs, attributes = [] } = filter;
  const conditions = [
    service === undefined ? '' : `resource.service.name = ${quote(service)}`,
    operation === undefined ? '' : `name = ${quote(operation)}`,
    status === undefined ? '' : `status = ${status}`,
    minDurationMs === undefined ? '' : `duration >= ${durationOf(minDurationMs)}`,
    maxDurationMs === undefined ? '' : `duration <= ${durationOf(maxDurationMs)}`,
    ...attributes.map(conditionOf),
  ].filter((condition) => condition !== '');
  return conditions.length === 0 ? '{ }' : `{ ${conditions.join(' && ')} }`;
}

const SCOPES = { span: 'span.', resource: 'resource.', any: '.' } as const;

const conditionOf = ({ scope, key, op, value }: AttributeCondition): string =>
  `${SCOPES[scope]}${nameOf(key)} ${op} ${literalOf(op, value)}`;

/** Names that TraceQL reads without quotes. */
const PLAIN_NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*$/;

/** What TraceQL may take for the words of its own: `parent.` names the span above. */
const RESERVED = /^(?:parent|span|resource|event|link|instrumentation)\./;

/** Half of a surrogate pair cannot be written as UTF-8. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu;

/** In quotes a name escapes `"` and `\` and nothing else. */
const nameOf = (key: string): string =>
  PLAIN_NAME.test(key) && !RESERVED.test(key)
    ? key
    : `"${key.replace(LONE_SURROGATE, '\ufffd').replace(/["\\]/g, String.raw`\$&`)}"`;

function literalOf(op: AttributeCondition['op'], value: string | number | boolean): string {
  // A pattern is a text, whatever it looks like.
  if (typeof value === 'string' || op === '=~' || op === '!~') {
    return quote(String(value));
  }
  return typeof value === 'number' ? decimalOf(value) : String(value);
}

/** TraceQL has no exponents. */
const decimalOf = (value: number): string =>
  /e/.test(String(value))
    ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 })
    : String(value);

/** Longer than any span, and far from where numbers are written with an exponent. */
const LONGEST_MS = 1_000_000_000_000;

/** A duration as Go reads it, to the nanosecond. */
function durationOf(milliseconds: number): string {
  const whole = Math.min(Math.max(0, milliseconds), LONGEST_MS);
  if (Number.isInteger(whole)) {
    return `${whole}ms`;
  }
  const nanoseconds = Math.round(whole * 1_000_000);
  return nanoseconds % 1000 === 0 ? `${nanoseconds / 1000}us` : `${nanoseconds}ns`;
}
