import type { Deps } from '../deps.ts';
import type { MetricCatalogue } from '../sources/metricCatalogue.ts';

export interface DiscoveryDeps extends Pick<Deps, 'clock' | 'log'> {
  readonly sources: Pick<Deps['sources'], 'own' | 'namespaces'>;
  readonly catalogue: MetricCatalogue;
  readonly store: Pick<Deps['store'], 'write'> & {
    readonly read: {
      readonly alerts: Pick<Deps['store']['read']['alerts'], 'listStanding'>;
      readonly changes: Pick<Deps['store']['read']['changes'], 'onCommit'>;
    };
  };
}
