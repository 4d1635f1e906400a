import { assessServices, type Listening } from '../../src/core/services/health.ts';
import type { ServiceHealth } from '../../src/core/services/service.ts';
import type { AgeSignal } from '../../src/core/signals/catalogue.ts';
import { seconds, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import type { DiscoveredService, NewestData } from '../deps.ts';
import { messageOf } from '../errors.ts';
import type { DiscoveryDeps } from './discoveryDeps.ts';
import { createFindingsKeeper } from './discoveryFindings.ts';
import { dependenciesOf, newestOf, serviceNames, signatureOf, viewOf } from './discoveryView.ts';

/** What is known of one namespace's services. */
export interface NamespaceDiscovery {
  services(): readonly DiscoveredService[];
  /** When the figures were last asked with success. */
  asOf(): EpochMs | null;
  newest(signal: AgeSignal): NewestData | undefined;
  /** Asks the sources for whatever is due, and assesses health anew; never throws. */
  poll(signal: AbortSignal): Promise<void>;
  /** Assesses health anew by what is known; never throws. */
  assess(): Promise<void>;
}

/** Of a source that does not tell, e.g. one that is only written to. */
const UNKNOWN_INTERVAL = seconds(15);

export function createNamespaceDiscovery(namespace: string, deps: DiscoveryDeps): NamespaceDiscovery {
  const { clock, store, log } = deps;
  const keeper = createFindingsKeeper(namespace, deps);
  let health: ReadonlyMap<string, ServiceHealth> = new Map();
  let services: readonly DiscoveredService[] = [];
  let signature = signatureOf([]);

  const assess = async (): Promise<void> => {
    const open = Map.groupBy(await store.read.alerts.listStanding(namespace), ({ service }) => service);
    const findings = keeper.current();
    const names = serviceNames(findings);
    const known = new Set(names);
    const facts = names.map((service) => ({
      service,
      alerts: open.get(service) ?? [],
      up: findings.up.get(service) ?? null,
      requestRate: findings.requestRate.get(service) ?? null,
      newestAt: newestOf(findings, service),
      dependencies: dependenciesOf(findings, service, known),
    }));
    health = assessServices(facts, {
      now: clock.now(),
      listening: {
        sample_age: listeningOf(
          findings.sample_age,
          deps.catalogue.known(namespace)?.scrapeInterval ?? UNKNOWN_INTERVAL
        ),
        log_age: listeningOf(findings.log_age),
        span_age: listeningOf(findings.span_age),
      },
      previous: health,
    });
    services = [...health.values()].map((one) => viewOf(findings, one, known));
    const next = signatureOf(services);
    if (next !== signature) {
      signature = next;
      await store.write((tx) => tx.changes.append(namespace, [{ topic: 'services', id: '' }]));
    }
  };

  const guarded = async (work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      log.warn({ namespace, error: messageOf(error) }, 'services could not be discovered');
    }
  };

  return {
    services: () => services,
    asOf: () => keeper.asOf(),
    newest: (signal) => keeper.current()[signal],
    assess: () => guarded(assess),
    async poll(signal) {
      await guarded(() => keeper.refresh(signal, () => guarded(assess)));
      await guarded(assess);
    },
  };
}

/** Nobody tells how often a service logs: more often than it is asked for, or the asking sets the pace. */
const listeningOf = (newest: NewestData | undefined, interval?: DurationMs): Listening | undefined =>
  newest && { askedAt: newest.askedAt, interval: interval ?? newest.every };
