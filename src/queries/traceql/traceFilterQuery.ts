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

function conditionOf({ scope, key, op, value }: AttributeCondition): string {
  const name = `${SCOPES[scope]}${nameOf(key)}`;
  if (typeof value !== 'number' || op === '=~' || op === '!~') {
    // A pattern is a text, whatever it looks like.
    const literal = typeof value === 'boolean' && !op.endsWith('~') ? String(value) : quote(String(value));
    return `${name} ${op} ${literal}`;
  }
  const either = numberConditions(op, value).map((condition) => `${name} ${condition}`);
  return either.length === 1 ? either.join('') : `(${either.join(' || ')})`;
}

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

/** Whole numbers that Tempo can hold. */
const LARGEST_WHOLE = 2 ** 63;

/** Tempo compares whole numbers with whole ones and others with others; who filters does not know which of them an attribute has. */
function numberConditions(op: AttributeCondition['op'], value: number): readonly string[] {
  const isWhole = Number.isInteger(value);
  const fraction = `${op} ${decimalOf(value)}${isWhole ? '.0' : ''}`;
  if (op === '!=' || Math.abs(value) >= LARGEST_WHOLE) {
    return [isWhole && op === '!=' ? `${op} ${decimalOf(value)}` : fraction];
  }
  if (isWhole) {
    return [`${op} ${decimalOf(value)}`, fraction];
  }
  if (op === '=') {
    return [fraction];
  }
  return [fraction, op.startsWith('>') ? `> ${Math.floor(value)}` : `< ${Math.ceil(value)}`];
}

/** TraceQL has no exponents. */
function decimalOf(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 }) : text;
}

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
