import { cell } from '../../../src/core/traces/column.ts';
import type { Trace } from '../../../src/core/traces/trace.ts';
import { addMs, epochMs, seconds, sinceMs, type EpochMs } from '../../../src/core/units.ts';

/** Spans travel in batches, through collectors, and become visible in Tempo together: after this a trace has all of them. */
const SETTLES_AFTER = seconds(30);

/** What ended later than this was recorded by a clock that is wrong, and says nothing about when it was written. */
const CLOCKS_DIFFER = seconds(30);

/** The latest end that can be believed. Without it a trace of a clock that is a day ahead would be on its way for a day. */
export const latestBelieved = (now: EpochMs): EpochMs => addMs(now, CLOCKS_DIFFER);

/** @param newestEnd the newest one that can be believed, or null: then nothing says that more is on its way */
export const isSettled = (newestEnd: EpochMs | null, now: EpochMs): boolean =>
  newestEnd === null || sinceMs(newestEnd, now) >= SETTLES_AFTER;

/** When the last span of a trace ended, of those that can be believed; null where none can. */
export function believedEnd({ epochNs, endNs }: Trace, now: EpochMs): EpochMs | null {
  const start = Number(epochNs / 1_000_000n);
  const limit = latestBelieved(now);
  let newest = -Infinity;
  for (let span = 0; span < endNs.length; span += 1) {
    const end = start + cell(endNs, span) / 1_000_000;
    newest = end <= limit && end > newest ? end : newest;
  }
  return newest === -Infinity ? null : epochMs(newest);
}

/** When the last span of a trace ended. */
export const endOf = ({ epochNs, durationNs }: Trace): EpochMs =>
  epochMs(Number(epochNs / 1_000_000n) + durationNs / 1_000_000);

export const startOf = ({ epochNs }: Trace): EpochMs => epochMs(Number(epochNs / 1_000_000n));
