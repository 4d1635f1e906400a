import { ASYNC_REASON_WORDS, asyncReason, type AsyncReason } from './blocking.ts';
import { cell } from './column.ts';
import { formatNanoseconds } from './formatNanoseconds.ts';
import { startPrecisions } from './startPrecision.ts';
import type { Trace, TraceNotice } from './trace.ts';

const MAX_SPANS_NAMED = 20;

/** Where a clock may have made a span outlive its parent, by span; 0 elsewhere. */
export interface CoarseOverhangs {
  /** By how many nanoseconds, less than the precision of the starts. */
  readonly byNs: Float64Array;
  readonly spans: readonly number[];
}

/**
 * Finds the spans that count as outliving their parent by less than a clock can tell. OpenTelemetry in JavaScript rounds the start of a span
 * down to the millisecond and adds an exact duration, so that a span stands up to a millisecond too early; a child of a parent that stands
 * earlier still seems to end after it.
 */
export function coarseOverhangs(trace: Trace): CoarseOverhangs {
  const precisions = startPrecisions(trace);
  const byNs = new Float64Array(trace.size);
  const spans: number[] = [];
  for (let span = 0; span < trace.size; span += 1) {
    if (asyncReason(trace, span) === 'outlives') {
      const parent = cell(trace.parent, span);
      const overhang = cell(trace.endNs, span) - cell(trace.endNs, parent);
      if (overhang < cell(precisions, cell(trace.resource, parent))) {
        byNs[span] = overhang;
        spans.push(span);
      }
    }
  }
  return { byNs, spans };
}

/** Why a span was not waited for, in words, and whether its clock may have made that so. @param byClockNs as in `CoarseOverhangs` */
export const whyNotAwaited = (reason: AsyncReason, byClockNs: number): string =>
  byClockNs === 0
    ? ASYNC_REASON_WORDS[reason]
    : `${ASYNC_REASON_WORDS[reason]}, by ${formatNanoseconds(byClockNs)}, which is less than the precision of its clock`;

/**
 * Ends such spans with their parent, so that they count as waited for, and all below them no later. The trace given stays as it is; it is
 * answered itself where there is nothing to do. The new one says in a notice what was done.
 */
export function settleCoarseClocks(trace: Trace): Trace {
  const { byNs, spans } = coarseOverhangs(trace);
  if (spans.length === 0) {
    return trace;
  }
  const endNs = trace.endNs.slice();
  for (let span = 0; span < trace.size; span += 1) {
    const parent = cell(trace.parent, span);
    if (parent !== -1 && (cell(byNs, span) > 0 || endedWithin(trace, span, parent))) {
      endNs[span] = Math.max(cell(trace.startNs, span), Math.min(cell(endNs, span), cell(endNs, parent)));
    }
  }
  const durationNs = endNs.reduce((latest, end) => Math.max(latest, end), 0);
  return { ...trace, endNs, durationNs, notices: [...trace.notices, settledNotice(trace, { byNs, spans })] };
}

const endedWithin = ({ endNs }: Trace, span: number, parent: number): boolean =>
  cell(endNs, span) <= cell(endNs, parent);

function settledNotice({ spanIds }: Trace, { byNs, spans }: CoarseOverhangs): TraceNotice {
  const most = formatNanoseconds(byNs.reduce((a, b) => Math.max(a, b), 0));
  const what = spans.length === 1 ? 'One span ends' : `${spans.length} spans end`;
  return {
    code: 'time_precision',
    message: `${what} up to ${most} after the parent, which is less than the precision of its clock: the end was set to that of the parent.`,
    count: spans.length,
    spanIds: spans.slice(0, MAX_SPANS_NAMED).map((span) => spanIds[span] ?? ''),
  };
}
