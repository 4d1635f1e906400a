import { cell } from './column.ts';
import type { RelativeTimes } from './relativeTimes.ts';
import type { ResolvedParents } from './resolveParents.ts';
import type { NoticeCode, TraceNotice } from './trace.ts';
import { isSpanId, isTraceId, SPAN_ID_LENGTH, TRACE_ID_LENGTH } from './traceIds.ts';

/** Enough to find them; the rest is counted. */
const MAX_NAMED = 20;

interface Findings extends Pick<ResolvedParents, 'missing' | 'cut' | 'ambiguous'> {
  readonly traceId: string;
  /** In the order of the trace. */
  readonly spanIds: readonly string[];
  readonly roots: Uint32Array;
  /** From input index to place in the trace. */
  readonly place: Uint32Array;
  /** Spans that came twice with the same content. */
  readonly repeated: number;
  readonly times: Pick<RelativeTimes, 'stepNs' | 'noEnd' | 'endsBeforeStart'>;
}

/** What a reader of the trace must know, in sentences. */
export function noticesOf(found: Findings): readonly TraceNotice[] {
  const { spanIds, place, times, repeated, roots } = found;
  const atInput = (spans: readonly number[]): readonly string[] =>
    Array.from(Uint32Array.from(spans, (span) => cell(place, span)).sort(), (at) => spanIds[at] ?? '');
  const badIds = spanIds.filter((id) => !isSpanId(id));
  return [
    notice('bad_id', isTraceId(found.traceId) ? [] : [''], {
      one: `The trace id is not ${TRACE_ID_LENGTH} hexadecimal characters long; it is kept as received.`,
    }),
    notice('bad_id', badIds, {
      one: `One span id is not ${SPAN_ID_LENGTH} hexadecimal characters long; it is kept as received.`,
      many: `${badIds.length} span ids are not ${SPAN_ID_LENGTH} hexadecimal characters long; they are kept as received.`,
    }),
    repeated === 0 ? undefined : repeatedNotice(repeated),
    notice('duplicate_id', atInput(found.ambiguous), {
      one: 'One span has the id of another; children of that id hang below the first one.',
      many: `${found.ambiguous.length} spans have the id of another; children of such an id hang below the first one.`,
    }),
    notice('missing_parent', atInput(found.missing), {
      one: 'The parent of one span is missing: it was not recorded, not sampled or has not arrived. The span is shown as a root.',
      many: `The parents of ${found.missing.length} spans are missing: not recorded, not sampled or not arrived. These spans are shown as roots.`,
    }),
    notice('cycle', atInput(found.cut), {
      one: 'The parents of one span lead back to itself; it was made a root.',
      many: `The parents of ${found.cut.length} spans lead back to themselves; they were made roots.`,
    }),
    roots.length < 2 ? undefined : severalRoots(roots, spanIds),
    notice('no_end', atInput(times.noEnd), {
      one: 'One span has no end; its duration counts as 0.',
      many: `${times.noEnd.length} spans have no end; their durations count as 0.`,
    }),
    notice('ends_before_start', atInput(times.endsBeforeStart), {
      one: 'One span ends before it starts; its duration counts as 0.',
      many: `${times.endsBeforeStart.length} spans end before they start; their durations count as 0.`,
    }),
    times.stepNs === 1 ? undefined : timePrecision(times.stepNs),
  ].filter((one) => one !== undefined);
}

function notice(
  code: NoticeCode,
  spanIds: readonly string[],
  { one, many = one }: { one: string; many?: string }
): TraceNotice | undefined {
  const count = spanIds.length;
  const named = spanIds.filter((id) => id !== '').slice(0, MAX_NAMED);
  return count === 0 ? undefined : { code, message: count === 1 ? one : many, count, spanIds: named };
}

const repeatedNotice = (count: number): TraceNotice => ({
  code: 'duplicate_id',
  message:
    count === 1
      ? 'One span was received twice and is kept once.'
      : `${count} spans were received twice and are kept once.`,
  count,
  spanIds: [],
});

const severalRoots = (roots: Uint32Array, spanIds: readonly string[]): TraceNotice => ({
  code: 'several_roots',
  message: `The trace has ${roots.length} roots. The critical path is that of the earliest.`,
  count: roots.length,
  spanIds: Array.from(roots.subarray(0, MAX_NAMED), (root) => spanIds[root] ?? ''),
});

const timePrecision = (stepNs: number): TraceNotice => ({
  code: 'time_precision',
  message: `The trace spans more than 104 days: times are kept to ${stepNs} ns. A clock may have been wrong, or a start missing.`,
  count: 1,
  spanIds: [],
});
