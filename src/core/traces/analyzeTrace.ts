import { asyncReason, type AsyncReason } from './blocking.ts';
import { cell } from './column.ts';
import { coarseOverhangs, whyNotAwaited } from './coarseClocks.ts';
import { criticalPath, type CriticalPath } from './criticalPath.ts';
import { errorStories } from './errorStories.ts';
import type { ErrorEnd } from './errorSpread.ts';
import type { ErrorStory } from './errorStory.ts';
import { operationKey, type Operation } from './operationIndex.ts';
import { leastSlack, operationDrag } from './operationSlack.ts';
import { operationTimes } from './operationTimes.ts';
import { operationOf, serviceOf } from './spanFields.ts';
import type { NoticeCode, Trace } from './trace.ts';

/** Nanoseconds after the earliest span of the trace, or a length of time, as decimal text: JSON's numbers end at 2^53. */
export type NsText = string;

export interface AnalyzedSpan extends Operation {
  /** Lower-case hex. */
  readonly spanId: string;
  readonly startNs: NsText;
  readonly endNs: NsText;
}

export interface AnalyzedOperation extends Operation {
  readonly count: number;
  readonly errors: number;
  readonly totalNs: NsText;
  readonly selfNs: NsText;
  readonly criticalNs: NsText;
  /** Of the critical path, 0–1. */
  readonly pathShare: number;
  readonly p50Ns: NsText;
  readonly p95Ns: NsText;
  readonly p99Ns: NsText;
  /** How much any one of its spans may grow at least before the root does; null where none of them is waited for. */
  readonly slackNs: NsText | null;
  /** What would be saved without all of its spans; null where working that out for every operation would take too long. */
  readonly dragNs: NsText | null;
}

export interface AnalyzedError extends Operation {
  /** The first span in which it began. */
  readonly spanId: string;
  readonly count: number;
  readonly type: string;
  readonly message: string;
  readonly template: string;
  readonly end: ErrorEnd;
  /** From the origin upwards, by id. */
  readonly chain: readonly string[];
  readonly visibleIn: string | null;
  readonly stoppedAt: string | null;
  /** Where it is masked: spans further up that failed, perhaps because of this. */
  readonly alsoFailed: readonly string[];
  readonly tries: number | null;
  readonly triesSucceeded: boolean | null;
  readonly story: readonly string[];
}

export interface AnalyzedAsync extends Operation {
  readonly spanId: string;
  readonly rule: AsyncReason;
  /** The rule in words. */
  readonly why: string;
  /** It outlives its parent by less than the clock can tell: adjusted, it may be on the path. */
  readonly mayBeClock: boolean;
}

/** What `pharos trace analyze` answers. */
export interface TraceAnalysis {
  readonly traceId: string;
  readonly spanCount: number;
  /** From the earliest start to the latest end. */
  readonly durationNs: NsText;
  /** Start of the earliest span, nanoseconds since 1970. */
  readonly epochNs: NsText;
  /** The earliest first: it is the one whose critical path this is. */
  readonly roots: readonly AnalyzedSpan[];
  readonly warnings: ReadonlyArray<{
    readonly code: NoticeCode;
    readonly message: string;
    readonly count: number;
    readonly spanIds: readonly string[];
  }>;
  /** From start to end; the sections touch, and add up to the duration of the first root. */
  readonly criticalPath: ReadonlyArray<Omit<AnalyzedSpan, keyof Operation>>;
  /** There only where the path is empty, and says why. */
  readonly criticalPathNotComputed?: string;
  /** Spans that their parent did not wait for; they and all below them are not on the path. */
  readonly notAwaited: readonly AnalyzedAsync[];
  readonly operations: readonly AnalyzedOperation[];
  readonly errors: readonly AnalyzedError[];
  /** Errors that are not listed. */
  readonly moreErrors: number;
}

/** Spans that all what-ifs of one analysis may go through together: about a second. */
const WHAT_IF_SPANS = 1_000_000;

/** Everything that can be said of one trace by itself, in a form for JSON. Times are the trace's; adjust skew before, where that is wanted. */
export function analyzeTrace(trace: Trace): TraceAnalysis {
  const path = criticalPath(trace);
  const { stories, more } = errorStories(trace);
  const reason = whyNoPath(trace, path);
  return {
    traceId: trace.traceId,
    spanCount: trace.size,
    durationNs: text(trace.durationNs),
    epochNs: String(trace.epochNs),
    roots: Array.from(trace.roots, (root) => ({ ...timesOf(trace, root), ...labelOf(trace, root) })),
    warnings: trace.notices.map(({ code, message, count, spanIds }) => ({ code, message, count, spanIds })),
    criticalPath: path.sections.map(({ span, startNs, endNs }) => ({
      spanId: idOf(trace, span),
      startNs: text(startNs),
      endNs: text(endNs),
    })),
    ...(reason === undefined ? {} : { criticalPathNotComputed: reason }),
    notAwaited: notAwaited(trace),
    operations: analyzedOperations(trace),
    errors: stories.map((story) => analyzedError(trace, story)),
    moreErrors: more,
  };
}

/** Why there is no path, for a reader, or undefined where there is one. */
export function whyNoPath(trace: Trace, { root, sections }: CriticalPath): string | undefined {
  if (root === -1) {
    return 'because the trace has no spans';
  }
  const label = `${serviceOf(trace, root)}: ${operationOf(trace, root)}`;
  return sections.length > 0
    ? undefined
    : `because the root (${label}, ${idOf(trace, root)}) is 0 ns long: there is no time that anything could hold up`;
}

const text = (ns: number): NsText => BigInt(Math.round(ns)).toString();
const idOf = (trace: Trace, span: number): string => trace.spanIds[span] ?? '';
const idOrNull = (trace: Trace, span: number | null): string | null => (span === null ? null : idOf(trace, span));
const labelOf = (trace: Trace, span: number): Operation => ({
  service: serviceOf(trace, span),
  operation: operationOf(trace, span),
});
const timesOf = (trace: Trace, span: number) => ({
  spanId: idOf(trace, span),
  startNs: text(cell(trace.startNs, span)),
  endNs: text(cell(trace.endNs, span)),
});

function notAwaited(trace: Trace): readonly AnalyzedAsync[] {
  const found: AnalyzedAsync[] = [];
  const { byNs } = coarseOverhangs(trace);
  for (let span = 0; span < trace.size; span += 1) {
    const rule = asyncReason(trace, span);
    if (rule !== null) {
      const by = cell(byNs, span);
      found.push({
        spanId: idOf(trace, span),
        ...labelOf(trace, span),
        rule,
        why: whyNotAwaited(rule, by),
        mayBeClock: by > 0,
      });
    }
  }
  return found;
}

function analyzedOperations(trace: Trace): readonly AnalyzedOperation[] {
  const slack = leastSlack(trace);
  return operationTimes([trace]).map((times, at) => ({
    service: times.service,
    operation: times.operation,
    count: times.count,
    errors: times.errors,
    totalNs: text(times.totalNs),
    selfNs: text(times.selfNs),
    criticalNs: text(times.criticalNs),
    pathShare: times.pathShare,
    p50Ns: text(times.durationNs.p50),
    p95Ns: text(times.durationNs.p95),
    p99Ns: text(times.durationNs.p99),
    slackNs: textOrNull(slack.get(operationKey(times))),
    dragNs: at === 0 || (at + 1) * trace.size <= WHAT_IF_SPANS ? text(operationDrag(trace, times)) : null,
  }));
}

const textOrNull = (ns: number | undefined): NsText | null => (ns === undefined ? null : text(ns));

function analyzedError(trace: Trace, story: ErrorStory): AnalyzedError {
  const [origin = 0] = story.origins;
  return {
    spanId: idOf(trace, origin),
    ...labelOf(trace, origin),
    count: story.origins.length,
    type: story.exception.type,
    message: story.exception.message,
    template: story.template,
    end: story.end,
    chain: story.chain.map((span) => idOf(trace, span)),
    visibleIn: idOrNull(trace, story.visible),
    stoppedAt: idOrNull(trace, story.stoppedAt),
    alsoFailed: story.alsoFailed.map((span) => idOf(trace, span)),
    tries: story.retry?.tries ?? null,
    triesSucceeded: story.retry?.succeeded ?? null,
    story: story.sentences,
  };
}
