import { cell } from './column.ts';
import { SPAN_KINDS, type Trace } from './trace.ts';

/** Why a parent did not wait for a child. */
export const ASYNC_REASONS = ['queued', 'linked', 'outlives'] as const;
export type AsyncReason = (typeof ASYNC_REASONS)[number];

/** For a reader, after "Not on the critical path:". */
export const ASYNC_REASON_WORDS: Readonly<Record<AsyncReason, string>> = {
  queued: 'its parent put a message into a queue and did not wait for the consumer',
  linked: 'it is connected to its parent by a link only',
  outlives: 'it continues after its parent has ended',
};

const UNSPECIFIED = SPAN_KINDS.indexOf('unspecified');
const SERVER = SPAN_KINDS.indexOf('server');
const CLIENT = SPAN_KINDS.indexOf('client');
const PRODUCER = SPAN_KINDS.indexOf('producer');
const CONSUMER = SPAN_KINDS.indexOf('consumer');

/** A child may end this much after its parent and still count as waited for: clocks and exporters are not exact. */
const LEAST_OVERHANG_NS = 2_000;
const OVERHANG_SHARE = 0.01;

/**
 * Why the parent of a span did not wait for it, or null where it did (or there is none). By recorded times, never clipped ones:
 * a producer does not wait for its consumer, nor does anything for what is tied by a link only; and a child that ends later than its
 * parent by more than max(2 µs, 1 % of its own duration) was not waited for either, unless the two are the client and the server of one
 * call (their clocks may differ) or neither says its kind.
 */
export function asyncReason(trace: Trace, span: number): AsyncReason | null {
  const parent = cell(trace.parent, span);
  if (parent === -1) {
    return null;
  }
  const above = trace.kind[parent] ?? UNSPECIFIED;
  const own = trace.kind[span] ?? UNSPECIFIED;
  if (above === PRODUCER && own === CONSUMER) {
    return 'queued';
  }
  if (trace.tiedByLink[span] === 1) {
    return 'linked';
  }
  return !timesMayDiffer(above, own) && outlives(trace, span, parent) ? 'outlives' : null;
}

/** Two clocks, or a source that says nothing. */
const timesMayDiffer = (above: number, own: number): boolean =>
  (above === CLIENT && own === SERVER) || (above === UNSPECIFIED && own === UNSPECIFIED);

function outlives({ startNs, endNs }: Trace, span: number, parent: number): boolean {
  const end = cell(endNs, span);
  const tolerated = Math.max(LEAST_OVERHANG_NS, (end - cell(startNs, span)) * OVERHANG_SHARE);
  return end - cell(endNs, parent) > tolerated;
}
