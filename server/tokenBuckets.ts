import { addMs, durationMs, epochMs, type DurationMs, type EpochMs } from '../src/core/units.ts';

export interface BucketLimits {
  /** How many at once. */
  readonly burst: number;
  /** After a burst, one each such time. */
  readonly refill: DurationMs;
}

/** A token bucket per key, in memory: after a restart a burst is granted anew. */
export interface TokenBuckets {
  /** When the next of the key may begin: now or later, at most one refill later. */
  freeAt(key: string, now: EpochMs): EpochMs;
  /** Counts one that begins. */
  take(key: string, now: EpochMs): void;
}

/** Of more keys than this the one that was longest quiet is forgotten, and begins with a full bucket. */
export const MAX_BUCKETS = 10_000;

/**
 * The generic cell rate algorithm (ITU-T I.371): one time per key, the one at which its bucket is full again, tells as much as a count of
 * tokens and the time of the last refill do.
 */
export function createTokenBuckets({ burst, refill }: BucketLimits): TokenBuckets {
  const fullAt = new Map<string, EpochMs>();
  const whole = durationMs(burst * refill);

  /** Never further away than from an empty bucket: a clock that steps back must not lock anybody out. */
  const fullAgain = (key: string, now: EpochMs): EpochMs =>
    epochMs(Math.max(now, Math.min(fullAt.get(key) ?? now, addMs(now, whole))));

  return {
    freeAt: (key, now) => epochMs(Math.max(now, fullAgain(key, now) - (whole - refill))),
    take(key, now) {
      const full = addMs(fullAgain(key, now), refill);
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
