import { epochMs } from '../../core/units.ts';
import type { ServiceView } from '../../api/system.ts';
import type { HealthState } from '../../core/services/service.ts';

export const NOW = epochMs(Date.UTC(2026, 10, 21, 14, 10));
export const SINCE = epochMs(Date.UTC(2026, 10, 21, 14, 2));

const none = { times: [], values: [] };

/** A service in some state, with one reason when it hurts. */
export function service(name: string, state: HealthState = 'healthy', rest: Partial<ServiceView> = {}): ServiceView {
  const hurts = state === 'critical' || state === 'degraded';
  return {
    name,
    health: {
      service: name,
      state,
      since: hurts ? SINCE : null,
      reasons: hurts ? [{ kind: 'alert', state, text: 'p95 latency 1.2 s is above 800 ms', since: SINCE }] : [],
      checkedAt: NOW,
    },
    requestRate: 41,
    errorRatio: 0.002,
    latencyP95: 1.2,
    trends: { requestRate: none, errorRatio: none, latencyP95: none },
    alerts: { info: 0, warning: 0, error: 0, critical: hurts ? 1 : 0 },
    signals: ['request_rate', 'error_ratio', 'latency_p95'],
    versions: ['1.4.0'],
    owner: 'shop',
    hasThreshold: true,
    hasOwner: true,
    hasTestedRoute: true,
    newestSampleAt: NOW,
    newestLogAt: null,
    newestSpanAt: null,
    ...rest,
  };
}
