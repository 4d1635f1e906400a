import type { ServiceView } from '../../api/system.ts';
import type { HealthState } from '../../core/services/service.ts';
import { t } from '../../i18n/t.ts';

export interface Hurting {
  readonly service: string;
  readonly state: HealthState;
  /** The worst reason, as a sentence. */
  readonly why: string;
  /** Epoch ms. */
  readonly since: number | null;
}

export interface OverviewAnswer {
  readonly state: HealthState;
  /** The sentence up to the names, such as `2 of 5 services are hurting`. */
  readonly lead: string;
  /** Worst first. */
  readonly hurting: readonly Hurting[];
  /** Hurting services that the sentence does not name. */
  readonly more: number;
}

const NAMED = 3;

const isHurting = ({ health }: ServiceView): boolean => health.state === 'critical' || health.state === 'degraded';

const leadOf = (count: number, all: number): string =>
  all === 1
    ? t('overview.hurting.one-of-one', '1 of 1 service is hurting')
    : t('overview.hurting.some', '', {
        count,
        all,
        defaultValue_one: '{{count}} of {{all}} services is hurting',
        defaultValue_other: '{{count}} of {{all}} services are hurting',
      });

/** A reason as it stands in brackets behind the service: without saying again that it is an alert, and of which service. */
export function shortReason(text: string, service: string): string {
  const bare = text.replace(/^Alert \(\w+\): /, '');
  return bare.startsWith(`${service}: `) ? bare.slice(service.length + 2) : bare;
}

const allUnknown = (number: number): string =>
  number === 1
    ? t('overview.hurting.one-unknown', 'The health of the one service found is unknown')
    : t('overview.hurting.all-unknown', 'The health of all {{number}} services is unknown', { number });

/** What the overview says first. */
export function answerOverview(all: readonly ServiceView[]): OverviewAnswer {
  const hurting = all
    .filter(isHurting)
    .toSorted((a, b) => Number(b.health.state === 'critical') - Number(a.health.state === 'critical'));
  if (hurting.length > 0) {
    return {
      state: hurting[0]?.health.state ?? 'degraded',
      lead: leadOf(hurting.length, all.length),
      hurting: hurting.slice(0, NAMED).map(({ name, health }) => ({
        service: name,
        state: health.state,
        why: shortReason(health.reasons[0]?.text ?? health.state, name),
        since: health.reasons[0]?.since ?? health.since,
      })),
      more: Math.max(0, hurting.length - NAMED),
    };
  }
  const unknown = all.filter(({ health }) => health.state === 'unknown').length;
  const none = { hurting: [], more: 0 };
  if (unknown === 0) {
    return {
      ...none,
      state: 'healthy',
      lead:
        all.length === 1
          ? t('overview.hurting.the-one-service-found-is', 'The one service found is healthy')
          : t('overview.hurting.all-healthy', 'All {{number}} services are healthy', { number: all.length }),
    };
  }
  const lead =
    unknown === all.length
      ? allUnknown(all.length)
      : t(
          'overview.hurting.no-service-is-hurting-the',
          'No service is hurting; the health of {{unknown}} of {{number}} is unknown',
          { unknown, number: all.length }
        );
  return { ...none, state: 'unknown', lead };
}

export interface Gap {
  readonly what: 'threshold' | 'owner' | 'tested route';
  readonly covered: number;
  readonly without: readonly string[];
}

/** How many of the services have what an alert needs to reach somebody, and which have not. */
export function coverageGaps(all: readonly ServiceView[]): Gap[] {
  const gap = (what: Gap['what'], has: (service: ServiceView) => boolean): Gap => {
    const without = all.filter((service) => !has(service)).map(({ name }) => name);
    return { what, covered: all.length - without.length, without };
  };
  return [
    gap('threshold', ({ hasThreshold }) => hasThreshold),
    gap('owner', ({ hasOwner }) => hasOwner),
    gap('tested route', ({ hasTestedRoute }) => hasTestedRoute),
  ];
}
