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
