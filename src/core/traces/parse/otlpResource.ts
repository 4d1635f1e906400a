import type { Attribute, Resource } from '../trace.ts';

/** As the OpenTelemetry resource conventions name what did not say. */
const UNKNOWN_SERVICE = 'unknown_service';

export function resourceFrom(attributes: readonly Attribute[]): Resource {
  const name = attributes.find(([key]) => key === 'service.name')?.[1];
  return { service: typeof name === 'string' && name !== '' ? name : UNKNOWN_SERVICE, attributes };
}

/** What is said of a scope. */
export interface Scope {
  readonly name: string;
  readonly version: string;
  readonly attributes: readonly Attribute[];
  readonly droppedAttributes: number;
}

/**
 * A scope as attributes of its spans, named as the mappings to Jaeger and Zipkin name them; what it carries itself stands before its
 * name.
 */
export function scopeAttributes({ name, version, attributes, droppedAttributes }: Scope): readonly Attribute[] {
  const all: Attribute[] = [
    ...attributes.map(([key, value]) => [`otel.scope.${key}`, value] as const),
    ['otel.scope.dropped_attributes_count', droppedAttributes],
    ['otel.scope.name', name],
    ['otel.scope.version', version],
  ];
  return all.filter(([, value], at) => at < attributes.length || (value !== '' && value !== 0));
}

/** What OTLP says of a span, or of something of it, that the model has no column for. */
export interface BesidesSpan {
  readonly traceState?: string;
  readonly droppedAttributes?: number;
  readonly droppedEvents?: number;
  readonly droppedLinks?: number;
}

/** It as attributes, named as OpenTelemetry's mappings to other formats name them; nothing where there is nothing to say. */
export function besidesAttributes(besides: BesidesSpan): readonly Attribute[] {
  const { traceState = '' } = besides;
  const attributes: Attribute[] = traceState === '' ? [] : [['w3c.tracestate', traceState]];
  for (const [key, count = 0] of [
    ['otel.dropped_attributes_count', besides.droppedAttributes],
    ['otel.dropped_events_count', besides.droppedEvents],
    ['otel.dropped_links_count', besides.droppedLinks],
  ] as const) {
    if (count > 0) {
      attributes.push([key, count]);
    }
  }
  return attributes;
}
