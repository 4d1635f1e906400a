import type { MapNodeView } from '../../../src/api/serviceMap.ts';
import type { EpochMs } from '../../../src/core/units.ts';
import type { Deps, DiscoveredService } from '../../deps.ts';
import type { StandingAlert } from '../../store/store.ts';
import { readAlertsThen } from './alertsThen.ts';

export type AlertCounts = MapNodeView['alerts'];
export const NO_ALERTS: AlertCounts = { info: 0, warning: 0, error: 0, critical: 0 };

/** What is known of the services beside their calls, by name. */
export interface NodeFacts {
  readonly alertsOf: 'now' | 'then' | 'unknown';
  /** Empty for a map of the past: health is of now. */
  readonly services: ReadonlyMap<string, Pick<DiscoveredService, 'health'>>;
  readonly alerts: ReadonlyMap<string, AlertCounts>;
  /** Of a map of the past, those that stood open then; worst first. */
  readonly then: ReadonlyMap<string, readonly StandingAlert[]>;
  readonly problems: readonly string[];
}

interface FactsWanted {
  readonly namespace: string;
  /** End of the map's window. */
  readonly at: EpochMs;
  readonly now: EpochMs;
  readonly isNow: boolean;
  readonly signal: AbortSignal;
}

/** Health and open alerts of now, or the alerts that were open when the map's window ended. */
export async function readNodeFacts(deps: Deps, { isNow, ...wanted }: FactsWanted): Promise<NodeFacts> {
  return isNow ? factsOfNow(deps, wanted.namespace) : factsOfThen(deps, wanted);
}

async function factsOfNow(deps: Deps, namespace: string): Promise<NodeFacts> {
  const alerts = new Map<string, AlertCounts>();
  for (const { service, severity, count } of await deps.store.read.alerts.countByService(namespace)) {
    alerts.set(service, { ...(alerts.get(service) ?? NO_ALERTS), [severity]: count });
  }
  const services = new Map(deps.discovery.services(namespace).map((service) => [service.name, service]));
  return { alertsOf: 'now', services, alerts, then: new Map(), problems: [] };
}

async function factsOfThen(deps: Deps, wanted: Omit<FactsWanted, 'isNow'>): Promise<NodeFacts> {
  const found = await readAlertsThen(deps, wanted);
  const nothing = { services: new Map(), alerts: new Map(), then: new Map() };
  if (!found.known) {
    return { ...nothing, alertsOf: 'unknown', problems: [found.why] };
  }
  const alerts = new Map([...found.byService].map(([service, stood]) => [service, countOpen(stood)]));
  return { ...nothing, alertsOf: 'then', alerts, then: found.byService, problems: [] };
}

/** As alerts of now are counted: one that nobody renews any more is not. */
function countOpen(stood: readonly StandingAlert[]): AlertCounts {
  const counts = { ...NO_ALERTS };
  for (const { severity } of stood.filter(({ state }) => state !== 'stale')) {
    counts[severity] += 1;
  }
  return counts;
}
