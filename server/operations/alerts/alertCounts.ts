import type { Severity } from '../../../src/core/alerts/severity.ts';
import type { Deps } from '../../deps.ts';

export type AlertCounts = Record<Severity, number>;

export const NO_ALERTS: Readonly<AlertCounts> = { info: 0, warning: 0, error: 0, critical: 0 };

/** Open alerts of each service that has any. */
export async function countsByService(deps: Deps, namespace: string): Promise<ReadonlyMap<string, AlertCounts>> {
  const counts = new Map<string, AlertCounts>();
  for (const { service, severity, count } of await deps.store.read.alerts.countByService(namespace)) {
    counts.set(service, { ...(counts.get(service) ?? NO_ALERTS), [severity]: count });
  }
  return counts;
}
