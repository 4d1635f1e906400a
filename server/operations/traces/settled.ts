import type { Trace } from '../../../src/core/traces/trace.ts';
import { epochMs, seconds, sinceMs, type EpochMs } from '../../../src/core/units.ts';

/** Spans travel in batches, through collectors, and become visible in Tempo together: after this a trace has all of them. */
const SETTLES_AFTER = seconds(30);

export const isSettled = (newestEnd: EpochMs, now: EpochMs): boolean => sinceMs(newestEnd, now) >= SETTLES_AFTER;

/** When the last span of a trace ended. */
export const endOf = ({ epochNs, durationNs }: Trace): EpochMs =>
  epochMs(Number(epochNs / 1_000_000n) + durationNs / 1_000_000);

export const startOf = ({ epochNs }: Trace): EpochMs => epochMs(Number(epochNs / 1_000_000n));
