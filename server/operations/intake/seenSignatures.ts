import type { DurationMs, EpochMs } from '../../../src/core/units.ts';

/** Signatures of requests that were taken, for as long as their timestamps would let them in again. */
export interface SeenSignatures {
  has(signature: string, now: EpochMs): boolean;
  /** @param until when the signed timestamp alone refuses the request */
  add(signature: string, until: EpochMs): void;
}

/** Grafana sends once per group and interval: nobody who means well gets here within the window. */
const MAX_KEPT = 50_000;

/**
 * In memory: a request that was captured can be sent again once after a restart, within what is left of its window. Each signature is
 * kept for twice the window at most, as the sender's clock may go before.
 */
export function createSeenSignatures(sweepEvery: DurationMs): SeenSignatures {
  const seen = new Map<string, EpochMs>();
  let sweptAt = 0;

  const sweep = (now: EpochMs): void => {
    for (const [signature, until] of seen) {
      if (until < now) {
        seen.delete(signature);
      }
    }
    sweptAt = now;
  };

  return {
    has(signature, now) {
      if (now - sweptAt >= sweepEvery) {
        sweep(now);
      }
      return seen.has(signature);
    },
    add(signature, until) {
      const oldest = seen.keys().next();
      if (seen.size >= MAX_KEPT && oldest.done !== true) {
        seen.delete(oldest.value);
      }
      seen.set(signature, until);
    },
  };
}
