import { z } from 'zod';
import type { TimeWindow } from '../../src/core/evidence/evidence.ts';
import { epochMs, hours, type EpochMs } from '../../src/core/units.ts';
import { RawJson } from '../rawJson.ts';
import type { HttpStore } from './httpStore.ts';
import type { ReadTrace, TraceQuestion } from './source.ts';

/** A trace of 100,000 spans is about 80 MiB as JSON; beyond this it would not fit beside the engine's other work. */
const MAX_TRACE_BYTES = 128 * 1024 * 1024;

/** Reading this takes the event loop for some milliseconds. */
const SMALL_TRACE_BYTES = 1024 * 1024;

/** Spans may be recorded long before and after the moment by which a trace is known. */
const AROUND = hours(1);

/** Only what the engine itself looks at; the spans stay as they came. */
const traceAnswer = z
  .looseObject({ status: z.union([z.string(), z.number()]).optional(), message: z.string().optional() })
  .refine((body) => 'trace' in body || 'batches' in body || 'resourceSpans' in body || Object.keys(body).length === 0, {
    error: 'expected a trace',
  });

/**
 * One trace by its id. Tempo before 2.7 has only the first API, which says nothing of traces that are cut: asked when the second
 * answers 404, until the second has given a trace once.
 */
export function createTraceReader(store: HttpStore) {
  let hasSecondApi = false;

  const read = (path: string, { signal, maxBytes = MAX_TRACE_BYTES, unread = false, from, to }: TraceQuestion) =>
    store.ask({
      path,
      params: from === undefined || to === undefined ? {} : secondsAround({ from, to }),
      signal,
      parse: readTrace,
      absentOn: [404],
      limits: { maxBytes, unreadAbove: unread ? SMALL_TRACE_BYTES : undefined },
    });

  return async (traceId: string, question: TraceQuestion): Promise<ReadTrace | undefined> => {
    const id = encodeURIComponent(traceId);
    const found = await read(`/api/v2/traces/${id}`, question);
    if (found !== undefined || hasSecondApi) {
      hasSecondApi = true;
      return found ?? undefined;
    }
    return (await read(`/api/traces/${id}`, question)) ?? undefined;
  };
}

const secondsAround = ({ from, to }: TimeWindow): Record<'start' | 'end', string> => ({
  start: wholeSeconds(epochMs(from - AROUND)),
  end: wholeSeconds(epochMs(to + AROUND)),
});

const wholeSeconds = (at: EpochMs): string => String(Math.max(0, Math.floor(at / 1000)));

/** Null for a trace without spans, which is how some versions say that there is none. */
function readTrace(body: unknown): ReadTrace | null {
  if (body instanceof RawJson) {
    return { document: body, partial: body.find('"status":"PARTIAL"') === -1 ? null : partialWords(messageIn(body)) };
  }
  const document = traceAnswer.parse(body);
  const partial = document.status === 'PARTIAL' || document.status === 1;
  const trace: unknown = 'trace' in document ? document['trace'] : document;
  const hasSpans = typeof trace === 'object' && trace !== null && ('resourceSpans' in trace || 'batches' in trace);
  return hasSpans ? { document, partial: partial ? partialWords(document.message) : null } : null;
}

/** It stands at the end. */
function messageIn({ bytes }: RawJson): string {
  const end = bytes.subarray(-1000).toString('utf8');
  const literal = /"message":("(?:[^"\\]|\\.)*")[^"]*$/.exec(end)?.[1];
  return literal === undefined ? '' : String(JSON.parse(literal));
}

const partialWords = (message = ''): string =>
  `Tempo returned only a part of this trace${message === '' ? ': it is larger than Tempo returns (max_bytes_per_trace)' : `: ${message}`}.`;
