import type { EpochMs } from '../../../src/core/units.ts';

/** What is asked for: what happened in a service around a moment. */
export interface Subject {
  readonly namespace: string;
  /** Empty when nobody knows. */
  readonly service: string;
  readonly at: EpochMs;
  /** Seconds above which a span of it is slow; null takes its p95 of that time. */
  readonly slowerThan: number | null;
  /** Of a moment that is now the last lines matter; of another, what came first. */
  readonly order: 'oldest_first' | 'newest_first';
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

/** Said where there is nothing to ask the sources for. */
const NO_SERVICE = 'The alert names no service: with a label service or service_name';

/** Why a part cannot be asked for at all, and what it would bring; null when it can. */
export function unaskable(
  { service }: Subject,
  source: { readonly kind: string; readonly configured: boolean; readonly brings: string }
): string | null {
  if (service === '') {
    return `${NO_SERVICE}, ${source.brings} would be shown here.`;
  }
  return source.configured
    ? null
    : `No ${source.kind} is configured for this namespace: with one, ${source.brings} would be shown here. An admin can add it under Settings, Sources.`;
}
