import type { EpochMs } from '../../../src/core/units.ts';
import type { Deps, DiscoveredService } from '../../deps.ts';
import type { StandingAlert } from '../../store/store.ts';
import { countsByService, NO_ALERTS, type AlertCounts } from '../alerts/alertCounts.ts';
import { readAlertsThen } from './alertsThen.ts';

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
  const alerts = await countsByService(deps, namespace);
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
