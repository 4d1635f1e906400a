import * as contract from '../../../src/api/system.ts';
import type { ServiceView } from '../../../src/api/system.ts';
import type { Identity } from '../../../src/core/identity.ts';
import type { Labels } from '../../../src/core/labels.ts';
import { compileRoutes, matchRoutes } from '../../../src/core/routing/route.ts';
import { HEALTH_STATES, type ServiceHealth } from '../../../src/core/services/service.ts';
import type { Deps, DiscoveredService } from '../../deps.ts';
import { EngineError } from '../../errors.ts';
import type { Source } from '../../sources/source.ts';
import { sourceProblem } from '../access/sourceView.ts';
import { countsByService, NO_ALERTS, type AlertCounts } from '../alerts/alertCounts.ts';
import { query } from '../operation.ts';
import { serviceCoverage, type ServiceCoverage } from './serviceCoverage.ts';

const healthView = (health: ServiceHealth): ServiceView['health'] => ({
  ...health,
  reasons: health.reasons.map((reason) => ({ ...reason })),
});

const hurt = ({ health }: ServiceView): number => HEALTH_STATES.indexOf(health.state);

export const listServices = query(contract.listServices, async (deps, { identity }) => {
  const { namespace } = identity;
  const context = await coverageContext(deps, namespace);
  const items = deps.discovery.services(namespace).map((service) => serviceView(service, context));
  const prometheus = deps.sources.prometheus(namespace);
  return {
    items: items.toSorted((a, b) => hurt(b) - hurt(a) || a.name.localeCompare(b.name)),
    asOf: deps.discovery.asOf(namespace),
    staleSince: prometheus?.health().staleSince ?? null,
    problem: problemOf(prometheus, identity),
    coverage: {
      services: items.length,
      withThreshold: items.filter((item) => item.hasThreshold).length,
      withOwner: items.filter((item) => item.hasOwner).length,
      withTestedRoute: items.filter((item) => item.hasTestedRoute).length,
    },
  };
});

function problemOf(prometheus: Source | undefined, identity: Identity): string | null {
  return prometheus === undefined
    ? 'No Prometheus is configured for this namespace; an admin can add one under Settings, Sources.'
    : (sourceProblem(prometheus, identity) ?? null);
}

export const getServiceHealth = query(contract.getServiceHealth, (deps, { identity }, { name }) => {
  const service = deps.discovery.services(identity.namespace).find((candidate) => candidate.name === name);
  if (service === undefined) {
    throw new EngineError('not_found', `There is no service ${name} in the metrics of this namespace.`);
  }
  return Promise.resolve(healthView(service.health));
});

interface CoverageContext {
  readonly counts: ReadonlyMap<string, AlertCounts>;
  readonly coverageOf: (service: DiscoveredService) => ServiceCoverage;
}

async function coverageContext(deps: Deps, namespace: string): Promise<CoverageContext> {
  const { read } = deps.store;
  const [thresholds, counts, table, receivers] = await Promise.all([
    read.thresholds.list(namespace),
    countsByService(deps, namespace),
    read.routes.get(namespace),
    read.receivers.list(namespace),
  ]);
  const routes = compileRoutes(table.routes, deps.compileRegex);
  const tested = new Set(receivers.filter((receiver) => receiver.testedAt !== null).map(({ name }) => name));
  const reaches = (labels: Labels): boolean =>
    matchRoutes(routes, labels).receivers.some((receiver) => tested.has(receiver));
  return { counts, coverageOf: serviceCoverage(thresholds, reaches) };
}

function serviceView(service: DiscoveredService, context: CoverageContext): ServiceView {
  const { owner, hasThreshold, isRouted } = context.coverageOf(service);
  const trend = (name: keyof DiscoveredService['trends']) => ({
    times: [...service.trends[name].times],
    values: [...service.trends[name].values],
  });
  return {
    name: service.name,
    health: healthView(service.health),
    requestRate: service.requestRate,
    errorRatio: service.errorRatio,
    latencyP95: service.latencyP95,
    trends: { requestRate: trend('requestRate'), errorRatio: trend('errorRatio'), latencyP95: trend('latencyP95') },
    alerts: context.counts.get(service.name) ?? NO_ALERTS,
    signals: [...service.signals],
    versions: [...service.versions],
    owner,
    hasThreshold,
    hasOwner: owner !== '',
    hasTestedRoute: isRouted,
    newestSampleAt: service.newestSampleAt,
    newestLogAt: service.newestLogAt,
    newestSpanAt: service.newestSpanAt,
  };
}
