import { addMs, seconds, sinceMs, type EpochMs } from '../../src/core/units.ts';

/** Three at once and one each 10 s after that: never more than five in any 30 s. */
const BURST = 3;
const REFILL = seconds(10);

interface Bucket {
  readonly tokens: number;
  readonly at: EpochMs;
}

/** Bounds the deliveries to each receiver, so that a storm of alerts becomes a few messages that carry many. */
export interface StormBound {
  /** When the next delivery to the receiver may begin: now or later. */
  freeAt(key: string, now: EpochMs): EpochMs;
  /** Counts a delivery that begins. */
  take(key: string, now: EpochMs): void;
}

/** A token bucket per key. In memory: after a restart a burst is granted anew, which is at most three messages. */
export function createStormBound(): StormBound {
  const buckets = new Map<string, Bucket>();

  const bucketAt = (key: string, now: EpochMs): Bucket => {
    const bucket = buckets.get(key) ?? { tokens: BURST, at: now };
    const refills = Math.max(0, Math.floor(sinceMs(bucket.at, now) / REFILL));
    const tokens = Math.min(BURST, bucket.tokens + refills);
    // A full bucket begins its next refill when the next token is taken.
    const at = tokens === BURST ? now : addMs(bucket.at, seconds(10 * refills));
    return { tokens, at };
  };

  return {
    freeAt(key, now) {
      const { tokens, at } = bucketAt(key, now);
      return tokens > 0 ? now : addMs(at, REFILL);
    },
    take(key, now) {
      const { tokens, at } = bucketAt(key, now);
      buckets.set(key, { tokens: tokens - 1, at });
    },
  };
}
