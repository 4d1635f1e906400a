import { asyncReason } from './blocking.ts';
import { coarseOverhangs } from './coarseClocks.ts';
import { cell } from './column.ts';
import { createInterner } from './interner.ts';
import { operationIndex } from './operationIndex.ts';
import { SPAN_KINDS, SPAN_STATUSES, type Trace } from './trace.ts';
import { triesOf, type Tries } from './triesOf.ts';

/** Where the spread of a failure ended, the gravest first. */
export const ERROR_ENDS = ['visible', 'missing_parent', 'masked', 'swallowed', 'retried', 'not_awaited'] as const;
export type ErrorEnd = (typeof ERROR_ENDS)[number];

const ERROR = SPAN_STATUSES.indexOf('error');
const SERVER = SPAN_KINDS.indexOf('server');

/** How failures of a trace spread upwards. Columns are by span, and hold something for failed spans only. */
export interface ErrorSpread {
  readonly failed: Uint8Array;
  /** Failed spans below which nothing failed that they waited for. */
  readonly origins: readonly number[];
  readonly tries: ReadonlyMap<number, Tries>;
  /** Failed spans with one number spread in the same way: over the same operations to the same end. */
  readonly way: Uint32Array;
  endOf(span: number): ErrorEnd;
  /** The first failed span that a user sees of it, or -1. */
  visibleOf(span: number): number;
  /** Whether the parent waited for a span, or may have: clocks are not exact. */
  isAwaited(span: number): boolean;
  /** Whether the failure of a span went on to its parent. */
  spreadsUp(span: number): boolean;
}

/**
 * Follows failures from the roots down. A failure spreads to the parent when that failed too and had waited. Else it ended: the parent
 * did not fail (`swallowed`), did not after another try succeeded (`retried`), did not although one further up did (`masked`), or did not
 * wait (`not_awaited`). What reaches a root is `visible`, and so is what reaches the first server of the trace, whose caller a test
 * or a load generator may be; a root whose parent is missing shows nothing of that (`missing_parent`).
 */
export function errorSpread(trace: Trace): ErrorSpread {
  const { size, parent } = trace;
  const index = operationIndex(trace);
  const failed = Uint8Array.from(trace.status, (status) => (status === ERROR ? 1 : 0));
  const tries = triesOf(trace, index, failed);
  const entry = entries(trace);
  const failedAbove = new Uint8Array(size);
  const way = new Uint32Array(size);
  const ways = createInterner<string>();
  const end = new Uint8Array(size);
  const visible = new Int32Array(size).fill(-1);

  const coarse = coarseOverhangs(trace).byNs;
  const isAwaited = (span: number): boolean => asyncReason(trace, span) === null || cell(coarse, span) > 0;
  const spreadsUp = (span: number): boolean => {
    const above = cell(parent, span);
    return above !== -1 && failed[above] === 1 && isAwaited(span);
  };
  const endAt = (span: number): ErrorEnd => {
    const above = cell(parent, span);
    if (above === -1) {
      return trace.missingParents.has(span) ? 'missing_parent' : 'visible';
    }
    if (!isAwaited(span)) {
      return 'not_awaited';
    }
    if ((tries.get(span)?.succeeded ?? -1) !== -1) {
      return 'retried';
    }
    return failedAbove[above] === 1 ? 'masked' : 'swallowed';
  };
  const follow = (span: number): void => {
    const above = cell(parent, span);
    const goesOn = spreadsUp(span);
    const found = goesOn ? (ERROR_ENDS[cell(end, above)] ?? 'visible') : endAt(span);
    const isSeen = entry[span] === 1 && found === 'swallowed';
    end[span] = ERROR_ENDS.indexOf(isSeen ? 'visible' : found);
    visible[span] = isSeen || (!goesOn && found === 'visible') ? span : goesOn ? cell(visible, above) : -1;
    way[span] = ways.index(
      `${goesOn ? `up ${cell(way, above)}` : `${found} ${above}`} ${isSeen ? 'seen' : ''} ${cell(index.ofSpan, span)}`
    );
  };

  for (let span = 0; span < size; span += 1) {
    const above = cell(parent, span);
    failedAbove[span] = above !== -1 && (failed[above] === 1 || failedAbove[above] === 1) && isAwaited(span) ? 1 : 0;
    if (failed[span] === 1) {
      follow(span);
    }
  }
  return {
    ...{ failed, tries, way, isAwaited, spreadsUp },
    origins: originsOf(trace, failed, (span) => {
      const wasMadeGood = endAt(span) === 'retried' && failed[cell(parent, span)] === 0;
      return isAwaited(span) && !wasMadeGood;
    }),
    endOf: (span) => ERROR_ENDS[cell(end, span)] ?? 'visible',
    visibleOf: (span) => cell(visible, span),
  };
}

/** 1 for the first server span on the way from a root that is known to be one. */
function entries(trace: Trace): Uint8Array {
  const entry = new Uint8Array(trace.size);
  const passed = new Uint8Array(trace.size);
  for (let span = 0; span < trace.size; span += 1) {
    const above = cell(trace.parent, span);
    const isBelow = above === -1 ? trace.missingParents.has(span) : passed[above] === 1;
    const isServer = trace.kind[span] === SERVER;
    entry[span] = isServer && !isBelow ? 1 : 0;
    passed[span] = isServer || isBelow ? 1 : 0;
  }
  return entry;
}

/** @param tells whether a failure at or below a span may explain one of its parent; one that a further try made good does not */
function originsOf(trace: Trace, failed: Uint8Array, tells: (span: number) => boolean): readonly number[] {
  const explained = new Uint8Array(trace.size);
  const origins: number[] = [];
  for (let span = trace.size - 1; span >= 0; span -= 1) {
    const above = cell(trace.parent, span);
    if (failed[span] === 1 && explained[span] === 0) {
      origins.push(span);
    }
    if ((failed[span] === 1 || explained[span] === 1) && above !== -1 && tells(span)) {
      explained[above] = 1;
    }
  }
  return origins.reverse();
}
