import type { Dependency } from '../../src/core/services/health.ts';
import type { ServiceHealth } from '../../src/core/services/service.ts';
import type { SignalName } from '../../src/core/signals/catalogue.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { DiscoveredService } from '../deps.ts';
import type { ByService, Trend } from './discoveryQuestions.ts';

/** All that was asked about a namespace, each part as old as its own last answer. */
export interface Findings {
  readonly requestRate: ByService<number>;
  readonly errorRatio: ByService<number>;
  readonly latencyP95: ByService<number>;
  readonly up: ByService<number>;
  readonly trends: Readonly<Record<'requestRate' | 'errorRatio' | 'latencyP95', ByService<Trend>>>;
  readonly signals: ByService<readonly SignalName[]>;
  readonly versions: ByService<readonly string[]>;
  readonly dependencies: ByService<readonly Dependency[]>;
  readonly newestSampleAt: ByService<EpochMs>;
  readonly newestLogAt: Readonly<Record<string, EpochMs>>;
  readonly newestSpanAt: Readonly<Record<string, EpochMs>>;
}

const NONE: ByService<never> = new Map<string, never>();

export const NO_FINDINGS: Findings = {
  requestRate: NONE,
  errorRatio: NONE,
  latencyP95: NONE,
  up: NONE,
  trends: { requestRate: NONE, errorRatio: NONE, latencyP95: NONE },
  signals: NONE,
  versions: NONE,
  dependencies: NONE,
  newestSampleAt: NONE,
  newestLogAt: {},
  newestSpanAt: {},
};

/** What watches is listed after what is watched. */
const INFRASTRUCTURE = new Set(['prometheus', 'grafana', 'loki', 'tempo', 'mimir', 'alertmanager', 'pharos', 'node']);

export function serviceNames({ requestRate, up, signals, newestSampleAt }: Findings): readonly string[] {
  const names = new Set([requestRate, up, signals, newestSampleAt].flatMap((found) => [...found.keys()]));
  names.delete('');
  return [...names].toSorted(
    (a, b) => Number(INFRASTRUCTURE.has(a)) - Number(INFRASTRUCTURE.has(b)) || (a < b ? -1 : 1)
  );
}

/** Callers know hosts, discovery knows services: `checkout`, `checkout:8080` and `checkout.shop.svc` are the service `checkout`. */
export function dependenciesOf(findings: Findings, service: string, known: ReadonlySet<string>): readonly Dependency[] {
  const named = (findings.dependencies.get(service) ?? []).map(({ name, failedRatio }) => {
    const host = name.replace(/:\d+$/, '');
    const first = host.split('.')[0] ?? host;
    return { name: [name, host, first].find((candidate) => known.has(candidate)) ?? host, failedRatio };
  });
  const others = named.filter(({ name }) => name !== service && name !== '');
  return [...new Map(others.map((dependency) => [dependency.name, dependency])).values()];
}

const EMPTY_TREND: Trend = { times: [], values: [] };

export function viewOf(findings: Findings, health: ServiceHealth, known: ReadonlySet<string>): DiscoveredService {
  const name = health.service;
  const trendOf = (key: keyof Findings['trends']): Trend => findings.trends[key].get(name) ?? EMPTY_TREND;
  return {
    name,
    health,
    requestRate: findings.requestRate.get(name) ?? null,
    errorRatio: findings.errorRatio.get(name) ?? null,
    latencyP95: findings.latencyP95.get(name) ?? null,
    trends: {
      requestRate: trendOf('requestRate'),
      errorRatio: trendOf('errorRatio'),
      latencyP95: trendOf('latencyP95'),
    },
    signals: findings.signals.get(name) ?? [],
    versions: findings.versions.get(name) ?? [],
    dependsOn: dependenciesOf(findings, name, known).map((dependency) => dependency.name),
    newestSampleAt: findings.newestSampleAt.get(name) ?? null,
    newestLogAt: findings.newestLogAt[name] ?? null,
    newestSpanAt: findings.newestSpanAt[name] ?? null,
  };
}

/** Changes exactly when a page would look different: figures to two digits, and no ages. */
export const signatureOf = (services: readonly DiscoveredService[]): string =>
  JSON.stringify(
    services.map(({ name, health, requestRate, errorRatio, latencyP95, versions, dependsOn, signals }) => [
      ...[name, health.state, health.reasons.map(({ text }) => text)],
      ...[requestRate, errorRatio, latencyP95].map((value) => value?.toPrecision(2)),
      ...[versions, dependsOn, signals.length],
    ])
  );
