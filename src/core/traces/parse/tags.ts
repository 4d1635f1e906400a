import type { Attribute, AttributeValue, SpanStatus } from '../trace.ts';

/**
 * Removes an attribute from a list and gives what it means: what became a field of the span is no attribute any more. One whose value
 * means nothing here stays.
 */
export function takeTag<T>(
  tags: Attribute[],
  key: string,
  meaningOf: (value: AttributeValue) => T | undefined
): T | undefined {
  const at = tags.findIndex(([name]) => name === key);
  const found = tags[at];
  const meaning = found === undefined ? undefined : meaningOf(found[1]);
  if (meaning !== undefined) {
    tags.splice(at, 1);
  }
  return meaning;
}

export const asText = (value: AttributeValue): string | undefined => (typeof value === 'string' ? value : undefined);

interface StatusFound {
  readonly status: SpanStatus;
  readonly message: string;
}

/**
 * The status as OpenTelemetry's mappings to Jaeger and Zipkin write it: `otel.status_code` decides where it is there, else the
 * format's own tag for errors.
 * @param errorOf what that tag means
 */
export function takeStatus(
  tags: Attribute[],
  errorOf: (value: AttributeValue) => StatusFound | undefined
): { status: SpanStatus; statusMessage: string } {
  const own = takeTag(tags, 'error', errorOf);
  const code = takeTag(tags, 'otel.status_code', (value) => STATUS_BY_CODE.get(String(value).toUpperCase()));
  const description = takeTag(tags, 'otel.status_description', asText);
  return { status: code ?? own?.status ?? 'unset', statusMessage: description ?? own?.message ?? '' };
}

/** Older exporters wrote the number of the code. */
const STATUS_BY_CODE: ReadonlyMap<string, SpanStatus> = new Map([
  ['UNSET', 'unset'],
  ['0', 'unset'],
  ['OK', 'ok'],
  ['1', 'ok'],
  ['ERROR', 'error'],
  ['2', 'error'],
]);

/** Names of a scope before OpenTelemetry 1.10, and those of today. */
const SCOPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['otel.library.name', 'otel.scope.name'],
  ['otel.library.version', 'otel.scope.version'],
]);
const isScopeName = ([key]: Attribute): boolean => key === 'otel.scope.name' || key === 'otel.scope.version';

/** The scope stands last, as where a format has it in a place of its own. */
export function withScopeLast(tags: readonly Attribute[]): readonly Attribute[] {
  const named = tags.map(([key, value]): Attribute => [SCOPE_NAMES.get(key) ?? key, value]);
  return [...named.filter((tag) => !isScopeName(tag)), ...named.filter(isScopeName)];
}
