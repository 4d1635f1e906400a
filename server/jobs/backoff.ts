import { durationMs, hours, minutes, seconds, type DurationMs } from '../../src/core/units.ts';

const BASE = seconds(1);
const CAP = minutes(5);
/** A side that names a later time than this is not believed: the delivery would be given up before. */
const LONGEST_RETRY_AFTER = hours(1);

const MAX_ATTEMPTS = 50;
const MAX_AGE = hours(12);

/**
 * Full jitter: evenly between 0 and `min(5 min, 1 s · 2^attempts)`, and never before the other side asked to be tried again.
 * From "Exponential Backoff and Jitter", AWS Architecture Blog, 2015: of the variants it ends soonest with the least calls.
 *
 * @param attempts failed attempts before this one
 * @param random evenly distributed in [0, 1)
 */
export function backoff(attempts: number, retryAfterMs: number | null, random: () => number): DurationMs {
  const ceiling = Math.min(CAP, BASE * 2 ** Math.min(attempts, 30));
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER);
  return durationMs(Math.max(Math.round(random() * ceiling), asked));
}

/** @param attempts failed attempts, the last one included */
export const isExhausted = (attempts: number, age: DurationMs): boolean => attempts >= MAX_ATTEMPTS || age >= MAX_AGE;
