import type { Attribute, Resource } from '../trace.ts';

/** As the OpenTelemetry resource conventions name what did not say. */
const UNKNOWN_SERVICE = 'unknown_service';

export function resourceFrom(attributes: readonly Attribute[]): Resource {
  const name = attributes.find(([key]) => key === 'service.name')?.[1];
  return { service: typeof name === 'string' && name !== '' ? name : UNKNOWN_SERVICE, attributes };
}

/** A scope as attributes, named as the mappings to Jaeger and Zipkin name them. */
export function scopeAttributes(name: string, version: string): readonly Attribute[] {
  return [['otel.scope.name', name] as const, ['otel.scope.version', version] as const].filter(
    ([, value]) => value !== ''
  );
}

/** What OTLP says of a span that the model has no column for. */
export interface BesidesSpan {
  readonly traceState: string;
  readonly droppedAttributes: number;
  readonly droppedEvents: number;
  readonly droppedLinks: number;
}

/** It as attributes, named as OpenTelemetry's mappings to other formats name them; nothing where there is nothing to say. */
export function besidesAttributes(besides: BesidesSpan): readonly Attribute[] {
  const attributes: Attribute[] = besides.traceState === '' ? [] : [['w3c.tracestate', besides.traceState]];
  for (const [key, count] of [
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
