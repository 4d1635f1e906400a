import * as contract from '../../../src/api/traces.ts';
import type { TimeWindow } from '../../../src/core/evidence/evidence.ts';
import { normalId, TRACE_ID_LENGTH } from '../../../src/core/traces/traceIds.ts';
import { seconds, sinceMs } from '../../../src/core/units.ts';
import type { Deps } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import type { ReadTrace, TempoSource } from '../../sources/source.ts';
import { query, type Call } from '../operation.ts';
import { requireTempo } from './findTempo.ts';
import { newestEnd } from './newestEnd.ts';
import { requireWindow } from './requireWindow.ts';
import { isSettled, latestBelieved } from './settled.ts';
import { wait } from './wait.ts';

/** Spans are on their way for some seconds; a person waits for less than five. */
const RETRY_AFTER = [seconds(0.5), seconds(1), seconds(1.5)];
/** A trace that was longer ago than this is not on its way any more. */
const STILL_COMING = seconds(60);

export const getTrace = query(contract.getTrace, async (deps, call, { traceId: given, from, to }) => {
  const traceId = requireTraceId(given);
  const window = windowOf(from, to);
  const tempo = requireTempo(deps, call.identity.namespace, 'this trace');
  const { read, attempts } = await readWithPatience(deps, { tempo, traceId, window, call });
  if (read === undefined) {
    throw new EngineError('not_found', explainMissing(tempo, traceId));
  }
  const answeredAt = deps.clock.now();
  const end = newestEnd(read.document, latestBelieved(answeredAt));
  return {
    traceId,
    document: read.document,
    settling: attempts > 1 || !isSettled(end, answeredAt),
    problem: read.partial,
  };
});

/** @throws EngineError `invalid_input` for an id of zeros, which names no trace */
export function requireTraceId(given: string): string {
  const traceId = normalId(given, TRACE_ID_LENGTH);
  if (traceId === '') {
    const message = 'expected a trace id that is not all zeros';
    throw new EngineError('invalid_input', `traceId: ${message}`, { errors: [{ path: 'traceId', message }] });
  }
  return traceId;
}

/** Both ends, or nothing. @throws EngineError `invalid_input` */
export function windowOf(
  from: TimeWindow['from'] | undefined,
  to: TimeWindow['to'] | undefined
): TimeWindow | undefined {
  const start = from ?? to;
  const end = to ?? from;
  if (start === undefined || end === undefined) {
    return undefined;
  }
  requireWindow({ from: start, to: end });
  return { from: start, to: end };
}

interface Patience {
  readonly tempo: TempoSource;
  readonly traceId: string;
  readonly window: TimeWindow | undefined;
  readonly call: Pick<Call, 'now' | 'signal'>;
}

/** A trace that is asked for by its id is often one that has just been: it is asked for again while it may still be written. */
async function readWithPatience(
  { clock }: Pick<Deps, 'clock'>,
  { tempo, traceId, window, call }: Patience
): Promise<{ readonly read: ReadTrace | undefined; readonly attempts: number }> {
  const { signal, now } = call;
  const first = await readAnywhere(tempo, { traceId, window, signal, unread: true });
  if (first !== undefined || (window !== undefined && sinceMs(window.to, now) > STILL_COMING)) {
    return { read: first, attempts: 1 };
  }
  let attempts = 1;
  for (const pause of RETRY_AFTER) {
    await wait(clock, pause, signal);
    attempts += 1;
    const read = await tempo.trace(traceId, { signal, unread: true });
    if (read !== undefined) {
      return { read, attempts };
    }
  }
  return { read: undefined, attempts };
}

export interface WantedAnywhere {
  readonly traceId: string;
  readonly window: TimeWindow | undefined;
  readonly signal: AbortSignal;
  /** Whether the document is only handed on: a large one is `RawJson` then. */
  readonly unread: boolean;
}

/** First about when it was said to be, then at any time: times in links of other tools are not always right. */
export async function readAnywhere(
  tempo: TempoSource,
  { traceId, window, signal, unread }: WantedAnywhere
): Promise<ReadTrace | undefined> {
  const near = window === undefined ? undefined : await tempo.trace(traceId, { ...window, signal, unread });
  return near ?? tempo.trace(traceId, { signal, unread });
}

function explainMissing({ name, tenant }: TempoSource, traceId: string): string {
  const elsewhere = tenant === '' ? 'another tenant or source' : `a tenant other than ${tenant}`;
  return `${name} has no trace ${traceId}. It may be too new (try again in a few seconds), older than ${name} keeps traces, not sampled, or of ${elsewhere}.`;
}
