import { cell } from './column.ts';
import { formatNanoseconds } from './formatNanoseconds.ts';
import { serviceOf } from './spanFields.ts';
import { SPAN_KINDS, type Trace, type TraceNotice } from './trace.ts';

/** Spans of one process whose clock was set right by the same amount. */
export interface ClockAdjustment {
  readonly service: string;
  /** Index in `resources`. */
  readonly resource: number;
  /** Nanoseconds; above 0 they were moved to later. */
  readonly byNs: number;
  /** How many were moved. */
  readonly spans: number;
}

export interface AdjustedTrace {
  /** The very trace that was given where no clock was wrong. */
  readonly trace: Trace;
  /** In the order of the trace. */
  readonly adjustments: readonly ClockAdjustment[];
}

const SERVER = SPAN_KINDS.indexOf('server');
const CONSUMER = SPAN_KINDS.indexOf('consumer');

/** Up to here whole numbers in a double are exact. */
const EXACT = 2 ** 53;
const MAX_SERVICES_NAMED = 5;
const MAX_SPANS_NAMED = 20;

/**
 * Moves what another process recorded by a clock that cannot have been right, and says by how much. The rule is Jaeger's (its "clock skew
 * adjuster"): what a server did lies within what its caller waited for. Where it does not and could, it is moved to the middle, so that
 * the way there took as long as the way back; where it is longer, so that it does not begin before its caller did. Each process is
 * compared with its caller as it stands after the caller was moved.
 *
 * What takes a message out of a queue may begin long after its parent ended: it is moved only where it began before it.
 *
 * The trace given stays as it is. In the new one every span has the place it had, so that places (a selection, a collapsed row) hold for
 * both; siblings are therefore not always in the order of their starts.
 */
export function adjustClockSkew(trace: Trace): AdjustedTrace {
  const shifts = shiftsOf(trace);
  const adjustments = sumUp(trace, shifts);
  if (adjustments.length === 0) {
    return { trace, adjustments };
  }
  const starts = trace.startNs.map((start, span) => start + cell(shifts, span));
  const earliest = starts.reduce((least, start) => Math.min(least, start), Infinity);
  const startNs = starts.map((start) => start - earliest);
  const endNs = trace.endNs.map((end, span) => end + cell(shifts, span) - earliest);
  return {
    adjustments,
    trace: {
      ...trace,
      ...{ startNs, endNs },
      epochNs: trace.epochNs + BigInt(earliest),
      durationNs: endNs.reduce((latest, end) => Math.max(latest, end), 0),
      events: new Map(
        [...trace.events].map(([span, events]) => [
          span,
          events.map((event) => ({ ...event, atNs: event.atNs + cell(shifts, span) - earliest })),
        ])
      ),
      notices: [...trace.notices, noticeOf(adjustments, firstMoved(trace, shifts))],
    },
  };
}

function shiftsOf(trace: Trace): Float64Array {
  const shifts = new Float64Array(trace.size);
  const step = stepOf(trace);
  for (let span = 0; span < trace.size; span += 1) {
    const parent = cell(trace.parent, span);
    if (parent !== -1) {
      shifts[span] = isCalledFromAfar(trace, span)
        ? shiftInto(trace, { span, parentShift: cell(shifts, parent), step })
        : inherited(trace, span, shifts);
    }
  }
  return shifts;
}

const isElsewhere = ({ resource, parent }: Trace, span: number): boolean =>
  resource[span] !== resource[cell(parent, span)];

/** Another process, which says of itself that it was called. */
const isCalledFromAfar = (trace: Trace, span: number): boolean =>
  isElsewhere(trace, span) &&
  trace.tiedByLink[span] === 0 &&
  (trace.kind[span] === SERVER || trace.kind[span] === CONSUMER);

/** What hangs on another process by a link only has a clock of its own, of which nothing is known. */
const inherited = (trace: Trace, span: number, shifts: Float64Array): number =>
  trace.tiedByLink[span] === 1 && isElsewhere(trace, span) ? 0 : cell(shifts, cell(trace.parent, span));

function shiftInto(
  { startNs, endNs, parent, kind }: Trace,
  { span, parentShift, step }: { span: number; parentShift: number; step: number }
): number {
  const above = cell(parent, span);
  const [start, end] = [cell(startNs, span), cell(endNs, span)];
  const [from, to] = [cell(startNs, above) + parentShift, cell(endNs, above) + parentShift];
  const spare = to - from - (end - start);
  if (start >= from && (end <= to || spare < 0 || kind[span] === CONSUMER)) {
    return 0;
  }
  return from - start + (spare > 0 ? Math.floor(spare / 2 / step) * step : 0);
}

/** Times of a trace that is longer than a double is exact are multiples of a power of two, and stay so. */
function stepOf({ durationNs }: Trace): number {
  let step = 1;
  while (durationNs / step > EXACT) {
    step *= 2;
  }
  return step;
}

function sumUp(trace: Trace, shifts: Float64Array): readonly ClockAdjustment[] {
  const found = new Map<string, ClockAdjustment>();
  shifts.forEach((byNs, span) => {
    if (byNs !== 0) {
      const resource = cell(trace.resource, span);
      const key = `${resource} ${byNs}`;
      const spans = (found.get(key)?.spans ?? 0) + 1;
      found.set(key, { service: serviceOf(trace, span), resource, byNs, spans });
    }
  });
  return [...found.values()];
}

function firstMoved({ spanIds }: Trace, shifts: Float64Array): readonly string[] {
  const named: string[] = [];
  for (let span = 0; span < shifts.length && named.length < MAX_SPANS_NAMED; span += 1) {
    if (shifts[span] !== 0) {
      named.push(spanIds[span] ?? '');
    }
  }
  return named;
}

function noticeOf(adjustments: readonly ClockAdjustment[], spanIds: readonly string[]): TraceNotice {
  const count = adjustments.reduce((sum, { spans }) => sum + spans, 0);
  const named = adjustments
    .slice(0, MAX_SERVICES_NAMED)
    .map(
      ({ service, byNs, spans }) =>
        `${spans} ${spans === 1 ? 'span' : 'spans'} of ${service} by ${formatNanoseconds(Math.abs(byNs))} to ${byNs > 0 ? 'later' : 'earlier'}`
    );
  const rest = adjustments.length - named.length;
  return {
    code: 'clock_skew',
    message: `Clocks of these services differ. Moved, so that each call lies within what its caller waited for: ${named.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`,
    count,
    spanIds,
  };
}
