import type { EpochMs } from '../../src/core/units.ts';
import type { Clock } from '../clock.ts';
import type { SourceHealth } from './source.ts';

/** Failures in a row after which a source is called down although its breaker is still closed. */
const DOWN_AFTER = 3;

/** Keeps what is known of a source: whether it answers, since when not, and how new its data is. */
export interface HealthRecord {
  succeeded(latencyMs: number): void;
  failed(message: string): void;
  sawDataOf(at: EpochMs): void;
  read(options: { breakerOpen: boolean }): SourceHealth;
}

export function createHealthRecord(clock: Clock): HealthRecord {
  let latencyMs: number | null = null;
  let lastError: string | null = null;
  let staleSince: EpochMs | null = null;
  let checkedAt: EpochMs | null = null;
  let newestDataAt: EpochMs | null = null;
  let everAnswered = false;
  let failures = 0;

  const status = (breakerOpen: boolean): SourceHealth['status'] => {
    if (checkedAt === null) {
      return 'unknown';
    }
    if (staleSince === null) {
      return 'ok';
    }
    return breakerOpen || !everAnswered || failures >= DOWN_AFTER ? 'down' : 'degraded';
  };

  return {
    succeeded(latency) {
      checkedAt = clock.now();
      latencyMs = latency;
      lastError = null;
      staleSince = null;
      everAnswered = true;
      failures = 0;
    },
    failed(message) {
      checkedAt = clock.now();
      lastError = message;
      staleSince ??= checkedAt;
      failures += 1;
    },
    sawDataOf(at) {
      newestDataAt = newestDataAt === null || at > newestDataAt ? at : newestDataAt;
    },
    read: ({ breakerOpen }) => ({
      status: status(breakerOpen),
      latencyMs,
      lastError,
      staleSince,
      checkedAt,
      newestDataAt,
    }),
  };
}
