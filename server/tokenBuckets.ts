import { addMs, durationMs, epochMs, type DurationMs, type EpochMs } from '../src/core/units.ts';

export interface BucketLimits {
  /** How many at once. */
  readonly burst: number;
  /** After a burst, one each such time. */
  readonly refill: DurationMs;
  /** What is taken for one that has begun: at most so many, also more than are left. Default: 1. */
  readonly largest?: number;
}

/** A token bucket per key, in memory: after a restart a burst is granted anew. */
export interface TokenBuckets {
  /** When the next of the key may begin: now or later, at most as many refills later as `largest` says. */
  freeAt(key: string, now: EpochMs): EpochMs;
  /** Counts one that begins, or so many. */
  take(key: string, now: EpochMs, count?: number): void;
}

/** Of more keys than this the one that was longest quiet is forgotten, and begins with a full bucket. */
export const MAX_BUCKETS = 10_000;

/**
 * The generic cell rate algorithm (ITU-T I.371): one time per key, the one at which its bucket is full again, tells as much as a count of
 * tokens and the time of the last refill do.
 */
export function createTokenBuckets({ burst, refill, largest = 1 }: BucketLimits): TokenBuckets {
  const fullAt = new Map<string, EpochMs>();
  const whole = durationMs(burst * refill);
  const owed = durationMs((burst - 1 + largest) * refill);

  /** Never further away than from a bucket that the largest has overdrawn: a clock that steps back must not lock anybody out. */
  const fullAgain = (key: string, now: EpochMs): EpochMs =>
    epochMs(Math.max(now, Math.min(fullAt.get(key) ?? now, addMs(now, owed))));

  return {
    freeAt: (key, now) => epochMs(Math.max(now, fullAgain(key, now) - (whole - refill))),
    take(key, now, count = 1) {
      const full = addMs(fullAgain(key, now), durationMs(count * refill));
      // Anew at the end: the map's order is that of use.
      fullAt.delete(key);
      fullAt.set(key, full);
      const [quietest] = fullAt.keys();
      if (fullAt.size > MAX_BUCKETS && quietest !== undefined) {
        fullAt.delete(quietest);
      }
    },
  };
}
