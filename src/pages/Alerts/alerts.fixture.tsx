import type { AlertView, DeliveryView } from '../../api/alerts.ts';
import { epochMs } from '../../core/units.ts';

export const NOW = epochMs(Date.UTC(2026, 10, 21, 14, 10));

/** An open, critical, unacknowledged alert of checkout, changed as told. */
export function alert(id: string, rest: Partial<AlertView> = {}): AlertView {
  return {
    id,
    fingerprint: 'f'.repeat(16),
    state: 'firing',
    severity: 'critical',
    severityMappedFrom: null,
    acknowledged: null,
    suppressedBy: [],
    labels: { service: 'checkout', signal: 'latency_p95', team: 'shop' },
    annotations: {},
    summary: 'checkout: p95 latency above 800 ms',
    service: 'checkout',
    ruleId: 't1',
    value: 1.21,
    unit: 'seconds',
    source: 'pharos',
    startsAt: epochMs(NOW - 6 * 60_000),
    updatedAt: NOW,
    endsAt: null,
    resolvedAt: null,
    resolvedBy: null,
    generatorUrl: null,
    version: 1,
    ...rest,
  };
}

export const delivery = (alertId: string, rest: Partial<DeliveryView> = {}): DeliveryView => ({
  alertId,
  receiver: 'demo-inbox',
  receiverKind: 'webhook',
  kind: 'fired',
  state: 'delivered',
  attempts: 1,
  at: NOW,
  lastError: null,
  nextAttemptAt: null,
  ...rest,
});

/** The answer of the list for these alerts. */
export function listed(items: AlertView[], deliveries: DeliveryView[] = []) {
  const bySeverity = { info: 0, warning: 0, error: 0, critical: 0 };
  items.forEach(({ severity }) => (bySeverity[severity] += 1));
  const waiting = items.filter(({ acknowledged }) => acknowledged === null);
  return {
    items,
    next: null,
    counts: {
      total: items.length,
      bySeverity,
      unacknowledged: waiting.length,
      oldestUnacknowledgedAt: waiting.length === 0 ? null : epochMs(Math.min(...waiting.map((one) => one.startsAt))),
    },
    deliveries,
  };
}
