import { durationMs, epochMs } from '../core/units.ts';
import type { OutputOf } from './operation.ts';
import type { getSystemStatus } from './system.ts';

type Status = OutputOf<typeof getSystemStatus>;

/** An engine that is well and has nothing to do. */
export const systemStatus = (rest: Partial<Status> = {}): Status => ({
  status: 'ok',
  problems: [],
  version: '0.1.0',
  startedAt: epochMs(Date.UTC(2026, 10, 21, 14)),
  store: { kind: 'sqlite', sizeBytes: 1, schemaVersion: '1' },
  sources: [],
  evaluation: {
    interval: durationMs(5000),
    rules: 3,
    perSecond: 41,
    lastDurationMs: 3,
    lastAt: epochMs(Date.UTC(2026, 10, 21, 14)),
    late: 0,
    missed: 0,
    failed: 0,
  },
  deliveries: { queued: 0, oldestQueuedAt: null, dead: 0, deliveredLastHour: 1, failedLastHour: 0 },
  alerts: { info: 0, warning: 0, error: 0, critical: 0 },
  backups: { nextAt: null, lastAt: null, lastSizeBytes: null, hasFailed: false, lastError: null },
  leadership: { leads: true, leader: null },
  memoryBytes: 1,
  ...rest,
});
