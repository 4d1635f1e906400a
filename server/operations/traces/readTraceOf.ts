import { setImmediate } from 'node:timers/promises';
import type { TimeWindow } from '../../../src/core/evidence/evidence.ts';
import { parseTraceDocuments } from '../../../src/core/traces/parse/parseTraces.ts';
import type { Trace } from '../../../src/core/traces/trace.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { messageOf } from '../../errors.ts';
import type { TempoSource } from '../../sources/source.ts';
import { believedEnd, isSettled } from './settled.ts';

/** Of a set, one trace must not outweigh the engine's memory: several are read at the same time. */
const MAX_BYTES = 32 * 1024 * 1024;

export interface WantedTrace {
  /** In full length. */
  readonly traceId: string;
  /** When it was, where that is known. */
  readonly window?: TimeWindow;
}

export type TraceOrReason =
  | { readonly trace: Trace }
  | { readonly failed: string; /** The source answered, and has none. */ readonly isMissing: boolean };

interface TraceOfSet {
  readonly tempo: TempoSource;
  readonly one: WantedTrace;
  readonly now: EpochMs;
  readonly signal: AbortSignal;
}

/** A trace, from memory where it will not change any more, or the sentence that says why there is none. Never throws. */
export async function readTraceOf(
  { traceCache, metrics }: Pick<Deps, 'traceCache' | 'metrics'>,
  { tempo, one, now, signal }: TraceOfSet
): Promise<TraceOrReason> {
  const { traceId, window } = one;
  const known = traceCache.get(tempo, traceId);
  if (known !== undefined) {
    metrics.tracesRead.inc({ from: 'memory' });
    return { trace: known };
  }
  const stop = metrics.traceReadSeconds.startTimer();
  try {
    const read = await tempo.trace(traceId, { ...window, signal, maxBytes: MAX_BYTES });
    if (read === undefined) {
      return { failed: `Tempo has no trace ${traceId}.`, isMissing: true };
    }
    // Turning text into JSON took its time already.
    await setImmediate();
    const { traces } = parseTraceDocuments([read.document]);
    const trace = traces.find((each) => each.traceId === traceId) ?? traces[0];
    if (trace === undefined) {
      return { failed: `Tempo gave trace ${traceId} without a span.`, isMissing: true };
    }
    metrics.tracesRead.inc({ from: 'source' });
    metrics.spansRead.inc(trace.size);
    const end = believedEnd(trace, now);
    // Of one that was cut Tempo may give more later, when it may answer more or another of its parts answers.
    if (end !== null && isSettled(end, now) && !isCut(trace)) {
      traceCache.put(tempo, trace);
    }
    return { trace };
  } catch (error) {
    return { failed: messageOf(error), isMissing: false };
  } finally {
    stop();
  }
}

/** Whether Tempo gave only a part of it. */
export const isCut = ({ notices }: Trace): boolean => notices.some(({ code }) => code === 'truncated');
