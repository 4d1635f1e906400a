import type { LogEntry, SearchedTrace, TimeWindow } from '../../src/core/evidence/evidence.ts';
import type { Sample, Series } from '../../src/core/series.ts';
import type { DurationMs, EpochMs } from '../../src/core/units.ts';
import type { BodyLimits } from './readBody.ts';

export type SourceKind = 'prometheus' | 'loki' | 'tempo' | 'grafana';

export interface SourceHealth {
  readonly status: 'ok' | 'degraded' | 'down' | 'unknown';
  readonly latencyMs: number | null;
  readonly lastError: string | null;
  /** Since when answers have been missing; null while it answers. */
  readonly staleSince: EpochMs | null;
  readonly checkedAt: EpochMs | null;
  readonly newestDataAt: EpochMs | null;
}

/** One outside store, behind a breaker, a timeout and a bulkhead. */
export interface Source {
  readonly id: string;
  readonly kind: SourceKind;
  readonly name: string;
  readonly url: string;
  readonly tenant: string;
  readonly builtIn: boolean;
  health(): SourceHealth;
  /** Asks the store whether it is ready; never throws. */
  check(signal: AbortSignal): Promise<void>;
}

/** A source that drops what is old. */
export interface KeepingSource extends Source {
  /** For how long it keeps its data; undefined where it does not say, or keeps all. Never throws. */
  keeps(signal: AbortSignal): Promise<DurationMs | undefined>;
}

/** A larger answer fails its question. */
export type SizeLimits = Pick<BodyLimits, 'maxBytes' | 'budget'>;

/** Failures throw EngineError `source_failed` with the store's own words, but no addresses. Values may be NaN. */
export interface PrometheusSource extends KeepingSource {
  readonly kind: 'prometheus';
  instant(expr: string, options: { at?: EpochMs; signal: AbortSignal }): Promise<readonly Sample[]>;
  range(
    expr: string,
    options: { from: EpochMs; to: EpochMs; step: DurationMs; signal: AbortSignal; limits?: SizeLimits | undefined }
  ): Promise<readonly Series[]>;
  labelValues(label: string, options: { match?: string; signal: AbortSignal }): Promise<readonly string[]>;
  /** Scrape interval of the targets by job, where the API tells. */
  scrapeIntervals(signal: AbortSignal): Promise<Readonly<Record<string, DurationMs>>>;
}

/** A bounded question: at most `limit` rows of a window. */
export interface BoundedRange extends TimeWindow {
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface LokiSource extends KeepingSource {
  readonly kind: 'loki';
  /** When the newest log line of each service came, as far as any was seen in the last day. */
  newestByService(signal: AbortSignal): Promise<ReadonlyMap<string, EpochMs>>;
  /** Lines that a LogQL log query finds in the window, oldest first: its first ones, or with `newest` its last ones. */
  queryRange(query: string, range: BoundedRange & { readonly newest?: boolean }): Promise<readonly LogEntry[]>;
}

/** About when a trace was, where that is known: the source looks there first. */
export interface TraceQuestion extends Partial<TimeWindow> {
  readonly signal: AbortSignal;
  /** The largest answer that is taken; by default what one reader of one trace can bear. */
  readonly maxBytes?: number;
  /** Who only hands it on takes a large one as `RawJson`. */
  readonly unread?: boolean;
}

export interface ReadTrace {
  /** As the source gave it: `parseTraceDocuments` reads it, unless it is `RawJson`. */
  readonly document: unknown;
  /** A sentence where the source left out a part. */
  readonly partial: string | null;
}

export interface TraceAttribute {
  readonly scope: 'resource' | 'span' | 'intrinsic';
  readonly key: string;
}

export interface TempoSource extends KeepingSource {
  readonly kind: 'tempo';
  /** When the newest span of each service ended, as far as any was seen in the last day. */
  newestByService(signal: AbortSignal): Promise<ReadonlyMap<string, EpochMs>>;
  /** Traces that a TraceQL query finds in the window, as they come. */
  search(query: string, range: BoundedRange): Promise<readonly SearchedTrace[]>;
  /** One whole trace; undefined where there is none of that id. */
  trace(traceId: string, question: TraceQuestion): Promise<ReadTrace | undefined>;
  /** Names of attributes that spans of the window carry. */
  attributes(window: TimeWindow & { readonly signal: AbortSignal }): Promise<readonly TraceAttribute[]>;
  /** Values of one attribute, as TraceQL names it, in the window. */
  attributeValues(attribute: string, range: BoundedRange): Promise<readonly string[]>;
}

/** The source of each kind that answers for a namespace. */
export interface SourceLookup {
  prometheus(namespace: string): PrometheusSource | undefined;
  loki(namespace: string): LokiSource | undefined;
  tempo(namespace: string): TempoSource | undefined;
}

/** The sources of each namespace, for the questions of callers; those of the environment belong to `default`. */
export interface Sources extends SourceLookup {
  /**
   * The same stores for the evaluator and discovery, behind breakers and bulkheads that nobody else fills. The health of a source is
   * what these questions find.
   */
  readonly own: SourceLookup;
  list(namespace: string): readonly Source[];
  /** Those of all namespaces, for what concerns the engine as a whole. */
  everywhere(): ReadonlyArray<{ readonly namespace: string; readonly source: Source }>;
  /** Rereads the store at once after this engine added or removed a source. */
  reload(): Promise<void>;
  namespaces(): readonly string[];
  start(): void;
  stop(): Promise<void>;
}
