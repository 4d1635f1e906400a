import type { Labels } from '../labels.ts';
import type { DurationMs, EpochMs } from '../units.ts';
import type { LogLevel } from './logLevel.ts';

export interface TimeWindow {
  readonly from: EpochMs;
  readonly to: EpochMs;
}

/** That a part of what was asked for is older than what a source keeps. */
export interface NotKept {
  /** What the source is called. */
  readonly source: string;
  readonly keeps: DurationMs;
  /** Nothing is there of the time before. */
  readonly since: EpochMs;
}

/** A version of a service that was not running before. */
export interface Deploy {
  /** To the step of the query that found it. */
  readonly at: EpochMs;
  readonly version: string;
  /** What ran before; several where they ran side by side. */
  readonly previous: readonly string[];
}

/** One line as a log store gives it. */
export interface LogEntry {
  readonly at: EpochMs;
  readonly line: string;
  /** Labels of the stream and metadata of the line. */
  readonly labels: Labels;
}

/** One line as it is shown. */
export interface LogLine {
  readonly at: EpochMs;
  readonly level: LogLevel;
  /** What the line says to a person, without the fields around it. */
  readonly message: string;
  /** The line as it was written, up to a limit. */
  readonly line: string;
  /** How many characters of the line were left out. */
  readonly cut: number;
  readonly traceId: string | null;
}

/** Messages that differ only in numbers, ids and the like. */
export interface LogPattern {
  readonly pattern: string;
  readonly count: number;
  readonly level: LogLevel;
}

/** One trace as a search gives it. */
export interface FoundTrace {
  readonly traceId: string;
  /** What its first span does, and of which service; empty while that span has not arrived. */
  readonly rootName: string;
  readonly rootService: string;
  readonly startedAt: EpochMs;
  readonly durationMs: number;
  /** Services with a failed span; empty when nothing failed. */
  readonly failedIn: readonly string[];
}

/** A found trace with what a search says besides. */
export interface SearchedTrace extends FoundTrace {
  /** Spans by service, as far as the source says. */
  readonly services: ReadonlyArray<{ readonly service: string; readonly spans: number; readonly errors: number }>;
  /** Spans that matched the query; null where the source does not say. */
  readonly matched: number | null;
}

/** What one source answers; `problem` says in a sentence why there may be more than is shown. */
interface EvidencePart<T> {
  readonly items: readonly T[];
  /** As it was asked of the source; null when it was not. */
  readonly query: string | null;
  /** Where was looked: the last of several, each wider than the one before. */
  readonly window: TimeWindow;
  readonly problem: string | null;
}

export interface DeployEvidence extends EvidencePart<Deploy> {
  /** Every version seen in the window. */
  readonly versions: readonly string[];
}

export interface LogEvidence extends EvidencePart<LogLine> {
  /** What the lines have in common, most frequent first; only what occurs more than once. */
  readonly patterns: readonly LogPattern[];
  /** `warning`: only lines of this level and above were asked for. */
  readonly levels: 'warning' | 'all';
  /** From which end of the window the lines were taken, and in which order they stand. */
  readonly order: 'oldest_first' | 'newest_first';
  /** The source may have more lines in the window. */
  readonly more: boolean;
}

export interface TraceEvidence extends EvidencePart<FoundTrace> {
  /** Seconds above which a span counts as slow; null when only failures were asked for. */
  readonly slowerThan: number | null;
  /** The source may have more traces in the window. */
  readonly more: boolean;
}
