import { setImmediate } from 'node:timers/promises';
import type { TraceSet, TraceSetUsed } from '../../../src/api/traces.ts';
import type { TimeWindow } from '../../../src/core/evidence/evidence.ts';
import type { Trace } from '../../../src/core/traces/trace.ts';
import { normalId, TRACE_ID_LENGTH } from '../../../src/core/traces/traceIds.ts';
import { durationMs, epochMs, seconds, sinceMs, type DurationMs, type EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { messageOf } from '../../errors.ts';
import { mapAtMost } from '../../mapAtMost.ts';
import type { TempoSource } from '../../sources/source.ts';
import type { Call } from '../operation.ts';
import { findNotKept } from '../system/noLongerKept.ts';
import { findTempo } from './findTempo.ts';
import { firstStart } from './firstStart.ts';
import { isCut, readTraceOf, type WantedTrace } from './readTraceOf.ts';

/** Reads at the same time: leaves room for others in the source's bulkhead of ten. */
const AT_ONCE = 6;
/** A person waits for it: a part in time is better than nothing. */
const DEADLINE = seconds(8);
/** About 1 KB each in memory. */
const MOST_SPANS = 250_000;

export interface LoadedTraceSet {
  /** As the search found them, or as they were named. */
  readonly traces: readonly Trace[];
  readonly used: TraceSetUsed;
  /** Why each of the others was not read, by its id; a set that could not be looked for has none. */
  readonly unread: ReadonlyMap<string, string>;
  /** TraceQL as it was asked; null where traces were named. */
  readonly query: string | null;
  /** Where the query looked; null where traces were named. */
  readonly window: TimeWindow | null;
}

/** What an operation over many traces has of its caller. */
export type SetCall = Pick<Call, 'now' | 'signal'> & { readonly identity: Pick<Call['identity'], 'namespace'> };

/**
 * The traces of a set, read whole. What cannot be had does not fail the rest: `used` says how many traces the figures are of, and why
 * some are missing. Never throws for a source that is missing, slow or broken.
 */
export const loadTraceSet = (deps: Deps, call: SetCall, set: TraceSet): Promise<LoadedTraceSet> =>
  loadWithin(deps, call, { set, within: DEADLINE });

/**
 * Two sets within the time of one, one after the other: together they would have twice the memory and the connections that a set may
 * have. Half of the time is the second one's in any case.
 */
export async function loadTracePair(
  deps: Deps,
  call: SetCall,
  [first, second]: readonly [TraceSet, TraceSet]
): Promise<readonly [LoadedTraceSet, LoadedTraceSet]> {
  const startedAt = deps.clock.now();
  const one = await loadWithin(deps, call, { set: first, within: durationMs(DEADLINE / 2) });
  const left = durationMs(DEADLINE - sinceMs(startedAt, deps.clock.now()));
  return [one, await loadWithin(deps, call, { set: second, within: left })];
}

interface Limited {
  readonly set: TraceSet;
  readonly within: DurationMs;
}

async function loadWithin(deps: Deps, call: SetCall, { set, within }: Limited): Promise<LoadedTraceSet> {
  const asked = 'query' in set ? { query: set.query, window: { from: set.from, to: set.to } } : NAMED;
  const found = findTempo(deps, call.identity.namespace, 'what these traces have in common');
  if ('problem' in found) {
    return { ...asked, ...NONE_READ, used: nothing(found.problem) };
  }
  const late = new AbortController();
  const tooLate = lateAfter(within);
  const cancel = deps.clock.after(within, () => late.abort());
  const signal = AbortSignal.any([call.signal, late.signal]);
  try {
    const { tempo } = found;
    const { wanted, more, oldest } = await wantedOf(tempo, set, signal);
    // The newest of many say nothing of what is old.
    const from = more ? undefined : asked.window?.from;
    const [read, notKept] = await Promise.all([
      readAll({ deps, tempo, wanted, more, now: call.now, signal, late, tooLate }),
      from === undefined ? null : findNotKept(tempo, { from, now: call.now, signal, found: oldest }),
    ]);
    return { ...asked, ...read, used: { ...read.used, notKept } };
  } catch (error) {
    return { ...asked, ...NONE_READ, used: nothing(late.signal.aborted ? tooLate : messageOf(error)) };
  } finally {
    cancel();
  }
}

const NAMED = { query: null, window: null };
const NONE_READ = { traces: [], unread: new Map<string, string>() };
/** Traces that have settled are in memory then. */
const lateAfter = (within: DurationMs): string =>
  `Tempo gave no answer within ${Math.round(within / 1000)} s. Try again: it continues from there.`;

const nothing = (problem: string): TraceSetUsed => ({
  ...{ traces: 0, spans: 0, more: false, cut: 0, failed: 0, problem, notKept: null },
});

interface Wanted {
  readonly wanted: readonly WantedTrace[];
  readonly more: boolean;
}

interface Found extends Wanted {
  /** When the oldest that was found began. */
  readonly oldest?: EpochMs | undefined;
}

async function wantedOf(tempo: TempoSource, set: TraceSet, signal: AbortSignal): Promise<Found> {
  if ('traceIds' in set) {
    const ids = new Set(set.traceIds.map((id) => normalId(id, TRACE_ID_LENGTH)));
    return { wanted: [...ids].map((traceId) => ({ traceId })), more: false };
  }
  const { query, from, to, limit } = set;
  const items = await tempo.search(query, { from, to, limit, signal });
  return {
    more: items.length >= limit,
    oldest: firstStart(items),
    wanted: items.slice(0, limit).map(({ traceId, startedAt, durationMs }) => ({
      traceId,
      window: { from: startedAt, to: epochMs(startedAt + durationMs) },
    })),
  };
}

interface Reading extends Wanted {
  readonly deps: Deps;
  readonly tempo: TempoSource;
  readonly now: Call['now'];
  readonly signal: AbortSignal;
  readonly late: AbortController;
  readonly tooLate: string;
}

type Read = Pick<LoadedTraceSet, 'traces' | 'unread'> & { readonly used: Omit<TraceSetUsed, 'notKept'> };

async function readAll(reading: Reading): Promise<Read> {
  const { deps, tempo, wanted, now, signal, late, tooLate } = reading;
  const unread = new Map<string, string>();
  let spans = 0;
  let left = 0;

  const traces = await mapAtMost(AT_ONCE, wanted, async (one): Promise<Trace | undefined> => {
    if (spans >= MOST_SPANS) {
      left += 1;
      unread.set(one.traceId, LEFT_OUT);
      return undefined;
    }
    const answer = signal.aborted ? { failed: tooLate } : await readTraceOf(deps, { tempo, one, now, signal });
    if ('failed' in answer) {
      unread.set(one.traceId, late.signal.aborted ? tooLate : answer.failed);
    }
    const trace = 'trace' in answer ? answer.trace : undefined;
    spans += trace?.size ?? 0;
    // Others wait for the event loop too.
    await setImmediate();
    return trace;
  });

  const read = traces.filter((trace) => trace !== undefined);
  const cut = read.filter(isCut).length;
  const reasons = [...unread.values()].filter((reason) => reason !== LEFT_OUT);
  const used = { traces: read.length, spans, more: reading.more || left > 0, cut, failed: reasons.length };
  return {
    traces: read,
    unread,
    used: { ...used, problem: problemOf(wanted.length, { reasons, left, cut, read: read.length }) },
  };
}

const LEFT_OUT = `The others have ${MOST_SPANS.toLocaleString('en-US')} spans already.`;

interface Shortfall {
  readonly reasons: readonly string[];
  readonly left: number;
  readonly cut: number;
  readonly read: number;
}

function problemOf(wanted: number, { reasons, left, cut, read }: Shortfall): string | null {
  const sentences = [
    reasons.length === 0 ? '' : `${reasons.length} of ${wanted} traces could not be read: ${reasons[0]}`,
    left === 0
      ? ''
      : `${left} of ${wanted} traces were left out: the others have ${MOST_SPANS.toLocaleString('en-US')} spans already.`,
    cut === 0
      ? ''
      : `${cut} of ${read} traces ${cut === 1 ? 'is' : 'are'} cut short by Tempo: figures of ${cut === 1 ? 'it' : 'them'} are too small.`,
  ].filter((sentence) => sentence !== '');
  return sentences.length === 0 ? null : sentences.join(' ');
}
