import type { Alert } from '../alerts/alert.ts';
import type { Severity } from '../alerts/severity.ts';
import { formatSpan } from '../formatSpan.ts';
import type { AgeSignal } from '../signals/catalogue.ts';
import { formatValue } from '../signals/formatValue.ts';
import { minutes, type DurationMs, type EpochMs } from '../units.ts';
import { HEALTH_STATES, type HealthReason, type HealthState, type ServiceHealth } from './service.ts';

/** Calls of a service to one other, whether that is a known service or a host outside. */
export interface Dependency {
  readonly name: string;
  /** Share of the calls that fail; null when nothing tells. */
  readonly failedRatio: number | null;
}

/** What is known of one service at one moment. */
export interface ServiceFacts {
  readonly service: string;
  readonly alerts: ReadonlyArray<Pick<Alert, 'id' | 'state' | 'severity' | 'summary' | 'startsAt'>>;
  /** Share of its scrape targets that answer; null when it is not scraped. */
  readonly up: number | null;
  /** Requests served per second; null when nothing tells. */
  readonly requestRate: number | null;
  /** Its newest sample, log line and span; null where there was never one. */
  readonly newestAt: Readonly<Record<AgeSignal, EpochMs | null>>;
  readonly dependencies: readonly Dependency[];
}

/** How the data of one kind is listened for. */
export interface Listening {
  /** When the source was last asked with success: silence is counted to here, not while nobody could have heard anything. */
  readonly askedAt: EpochMs;
  /** At which data is expected: that of the scrapes, else that of the asking. */
  readonly interval: DurationMs;
}

export interface HealthMoment {
  readonly now: EpochMs;
  /** Undefined where there is no source of the kind, or none that ever answered. */
  readonly listening: Readonly<Record<AgeSignal, Listening | undefined>>;
  readonly previous: ReadonlyMap<string, ServiceHealth>;
}

/** Silence longer than this many intervals is missing data. */
const SILENT_INTERVALS = 3;

/** Pace at which services push that nobody scrapes: the default of OpenTelemetry's SDKs and of Tempo's generator, or slower. */
const PUSH_INTERVAL: DurationMs = minutes(1);

/** A host outside has no health of its own: it fails when more than this share of the calls to it does. */
const FAILING_SHARE = 0.2;

const OF_SEVERITY: Readonly<Record<Severity, HealthState>> = {
  info: 'healthy',
  warning: 'degraded',
  error: 'degraded',
  critical: 'critical',
};

type Reason = Omit<HealthReason, 'since'> & { readonly since?: EpochMs };
type AlertReason = Reason & { readonly since: EpochMs };

/**
 * Health of every service: the worst of its open alerts, `up`, missing data and its direct dependencies. A dependency counts by its
 * own reasons only, so that trouble travels one step and the service that has it stays the worst.
 */
export function assessServices(
  facts: readonly ServiceFacts[],
  moment: HealthMoment
): ReadonlyMap<string, ServiceHealth> {
  const own = new Map(facts.map((fact) => [fact.service, ownReasons(fact, moment)]));
  return new Map(
    facts.map((fact) => {
      const reasons = [...(own.get(fact.service) ?? []), ...dependencyReasons(fact, own)];
      return [fact.service, healthOf(fact.service, reasons, moment)];
    })
  );
}

/** The worst that alerts alone say of a service; undefined where they say nothing against it. */
export const worstOfAlerts = (alerts: ServiceFacts['alerts']): Omit<HealthReason, 'kind'> | undefined =>
  alertReasons({ alerts }).toSorted((a, b) => rank(b.state) - rank(a.state))[0];

const rank = (state: HealthState): number => HEALTH_STATES.indexOf(state);

const worst = (reasons: ReadonlyArray<Pick<HealthReason, 'state'>>): HealthState =>
  reasons.reduce<HealthState>((state, reason) => (rank(reason.state) > rank(state) ? reason.state : state), 'healthy');

function ownReasons(facts: ServiceFacts, moment: HealthMoment): readonly Reason[] {
  return [...alertReasons(facts), ...upReasons(facts), ...silenceReasons(facts, moment)];
}

function alertReasons({ alerts }: Pick<ServiceFacts, 'alerts'>): readonly AlertReason[] {
  return alerts.flatMap(({ id, state, severity, summary, startsAt }): readonly AlertReason[] => {
    const reason = { kind: 'alert', alertId: id, since: startsAt } as const;
    switch (state) {
      case 'firing':
      case 'stale':
        return OF_SEVERITY[severity] === 'healthy'
          ? []
          : [{ ...reason, state: OF_SEVERITY[severity], text: `Alert (${severity}): ${summary}` }];
      case 'no_data':
        return [{ ...reason, state: 'unknown', text: `Alert without data: ${summary}` }];
      default:
        return [];
    }
  });
}

function upReasons({ up }: ServiceFacts): readonly Reason[] {
  if (up === null || up >= 1) {
    return [];
  }
  return up === 0
    ? [{ kind: 'up', state: 'critical', text: 'Down: none of its scrape targets answers' }]
    : [{ kind: 'up', state: 'degraded', text: `${formatValue(1 - up, 'ratio')} of its scrape targets do not answer` }];
}

const KINDS = [
  ['sample_age', 'samples'],
  ['log_age', 'log lines'],
  ['span_age', 'spans'],
] as const satisfies ReadonlyArray<readonly [AgeSignal, string]>;

/** Of a service that is down nothing is expected: that it is down says it all. */
function silenceReasons(facts: ServiceFacts, { listening }: HealthMoment): readonly Reason[] {
  if (facts.up === 0) {
    return [];
  }
  return KINDS.flatMap(([signal, what]): readonly Reason[] => {
    const newestAt = facts.newestAt[signal];
    const listens = listening[signal];
    if (newestAt === null || listens === undefined) {
      return [];
    }
    const silent = listens.askedAt - newestAt;
    return silent <= SILENT_INTERVALS * intervalOf(signal, facts, listens)
      ? []
      : [
          {
            kind: 'missing_data',
            since: newestAt,
            ...judgeSilence(facts, signal, `No ${what} for ${formatSpan(silent)}`),
          },
        ];
  });
}

function intervalOf(signal: AgeSignal, { up }: ServiceFacts, { interval }: Listening): number {
  return signal === 'sample_age' && up === null ? Math.max(PUSH_INTERVAL, interval) : interval;
}

/** A service may have nothing to log and nothing to trace: only traffic tells that there should have been something. */
function judgeSilence({ requestRate }: ServiceFacts, signal: AgeSignal, text: string): Pick<Reason, 'state' | 'text'> {
  if (signal === 'sample_age' || (requestRate ?? 0) > 0) {
    return { state: 'unknown', text };
  }
  return { state: 'healthy', text: requestRate === 0 ? `${text}, while there is no traffic` : text };
}

function dependencyReasons(
  { dependencies }: ServiceFacts,
  own: ReadonlyMap<string, readonly Reason[]>
): readonly Reason[] {
  return dependencies.flatMap(({ name, failedRatio }): readonly Reason[] => {
    const reason = { kind: 'dependency', state: 'degraded', dependency: name } as const;
    const first = (own.get(name) ?? []).find(({ state }) => state === 'critical');
    if (first !== undefined) {
      return [{ ...reason, text: `Calls ${name}, which is critical. ${first.text}` }];
    }
    return failedRatio !== null && failedRatio > FAILING_SHARE
      ? [{ ...reason, text: `${formatValue(failedRatio, 'ratio')} of its calls to ${name} fail` }]
      : [];
  });
}

function healthOf(service: string, found: readonly Reason[], { now, previous }: HealthMoment): ServiceHealth {
  const before = previous.get(service);
  const state = worst(found);
  const reasons = found
    .map((reason): HealthReason => ({ ...reason, since: reason.since ?? sinceOf(reason, before) ?? now }))
    .toSorted((a, b) => rank(b.state) - rank(a.state));
  const since = before?.state === state ? before.since : now;
  return { service, state, since, reasons, checkedAt: now };
}

/** A reason that stood before began when it began, whatever number is in its words now. */
const sinceOf = (reason: Reason, before: ServiceHealth | undefined): EpochMs | null | undefined =>
  before?.reasons.find(({ kind, dependency }) => kind === reason.kind && dependency === reason.dependency)?.since;
