import type { Dependency } from '../../src/core/services/health.ts';
import type { ServiceHealth } from '../../src/core/services/service.ts';
import { AGE_SIGNALS, type AgeSignal, type SignalName } from '../../src/core/signals/catalogue.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { DiscoveredService, NewestData } from '../deps.ts';
import type { ByService, Trend } from './discoveryQuestions.ts';

/** All that was asked about a namespace, each part as old as its own last answer; the newest data by the signal of its age. */
export interface Findings extends Readonly<Record<AgeSignal, NewestData | undefined>> {
  readonly requestRate: ByService<number>;
  readonly errorRatio: ByService<number>;
  readonly latencyP95: ByService<number>;
  readonly up: ByService<number>;
  readonly trends: Readonly<Record<'requestRate' | 'errorRatio' | 'latencyP95', ByService<Trend>>>;
  readonly signals: ByService<readonly SignalName[]>;
  readonly versions: ByService<readonly string[]>;
  readonly dependencies: ByService<readonly Dependency[]>;
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
  sample_age: undefined,
  log_age: undefined,
  span_age: undefined,
};

/** What watches is listed after what is watched. */
const INFRASTRUCTURE = new Set(['prometheus', 'grafana', 'loki', 'tempo', 'mimir', 'alertmanager', 'pharos', 'node']);

export function serviceNames({ requestRate, up, signals, sample_age }: Findings): readonly string[] {
  const names = new Set(
    [requestRate, up, signals, sample_age?.byService ?? NONE].flatMap((found) => [...found.keys()])
  );
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

/** Newest data of a service, of each kind; null where there was never any. */
export function newestOf(findings: Findings, service: string): Readonly<Record<AgeSignal, EpochMs | null>> {
  const at = (signal: AgeSignal): EpochMs | null => findings[signal]?.byService.get(service) ?? null;
  return { sample_age: at('sample_age'), log_age: at('log_age'), span_age: at('span_age') };
}

const EMPTY_TREND: Trend = { times: [], values: [] };

export function viewOf(findings: Findings, health: ServiceHealth, known: ReadonlySet<string>): DiscoveredService {
  const name = health.service;
  const newestAt = newestOf(findings, name);
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
    signals: [...(findings.signals.get(name) ?? []), ...AGE_SIGNALS.filter((signal) => newestAt[signal] !== null)],
    versions: findings.versions.get(name) ?? [],
    dependsOn: dependenciesOf(findings, name, known).map((dependency) => dependency.name),
    newestSampleAt: newestAt.sample_age,
    newestLogAt: newestAt.log_age,
    newestSpanAt: newestAt.span_age,
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
