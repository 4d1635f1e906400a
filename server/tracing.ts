import { randomBytes } from 'node:crypto';
import type { EpochMs } from '../src/core/units.ts';

/** Something that happened to an alert, as a span of the alert's own trace. */
export interface AlertSpan {
  /** Its own W3C `traceparent`: made before, so that it can be sent along or stored. */
  readonly context: string;
  /** That of the span it belongs under; null for the first of its trace. */
  readonly parent: string | null;
  readonly name: string;
  readonly kind: 'internal' | 'consumer' | 'client';
  readonly startAt: EpochMs;
  readonly endAt: EpochMs;
  readonly attributes: Readonly<Record<string, string | number | boolean>>;
  /** Why it failed; null when it did not. */
  readonly error: string | null;
}

/** One trace per episode of an alert, from intake to its last delivery. Its context is stored, and so outlives the process. */
export interface Tracing {
  /** The context of a new trace; undefined when nothing is traced. */
  begin(): string | undefined;
  /** Hands over what has happened. Never throws and never waits: a collector that is away costs spans and nothing else. */
  record(spans: readonly AlertSpan[]): void;
  /** Sends what is left, for at most two seconds. */
  stop(): Promise<void>;
}

export const noTracing: Tracing = {
  begin: () => undefined,
  record: () => undefined,
  stop: () => Promise.resolve(),
};

const PATTERN = /^00-([0-9a-f]{32})-([0-9a-f]{16})-0[01]$/;

export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
}

/** @returns undefined for a text that is none of ours */
export function parseTraceparent(text: string): TraceContext | undefined {
  const [, traceId, spanId] = PATTERN.exec(text) ?? [];
  return traceId === undefined || spanId === undefined ? undefined : { traceId, spanId };
}

/** Of version 00, and sampled. */
const format = ({ traceId, spanId }: TraceContext): string => `00-${traceId}-${spanId}-01`;

const randomHex = (bytes: number): string => randomBytes(bytes).toString('hex');

export const newTrace = (): string => format({ traceId: randomHex(16), spanId: randomHex(8) });

/** The context of a span that is yet to be recorded, in the same trace. */
export function childOf(traceparent: string): string {
  const parsed = parseTraceparent(traceparent);
  return parsed === undefined ? newTrace() : format({ traceId: parsed.traceId, spanId: randomHex(8) });
}
