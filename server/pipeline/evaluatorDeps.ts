import type { Deps } from '../deps.ts';
import type { Leadership } from '../jobs/leadership.ts';
import type { MetricCatalogue } from '../sources/metricCatalogue.ts';

export interface EvaluatorDeps extends Pick<Deps, 'clock' | 'log'> {
  readonly sources: Pick<Deps['sources'], 'own' | 'namespaces'>;
  readonly config: Pick<Deps['config'], 'evaluationInterval'>;
  readonly pipeline: Pick<Deps['pipeline'], 'ingest'>;
  readonly store: Pick<Deps['store'], 'kind' | 'write'> & {
    readonly read: {
      readonly alerts: Pick<Deps['store']['read']['alerts'], 'listOpen'>;
      readonly thresholds: Pick<Deps['store']['read']['thresholds'], 'listAll' | 'versions'>;
      readonly seenSeries: Pick<Deps['store']['read']['seenSeries'], 'list'>;
      readonly changes: Pick<Deps['store']['read']['changes'], 'onCommit'>;
    };
  };
  readonly catalogue: MetricCatalogue;
  readonly discovery: Pick<Deps['discovery'], 'newest'>;
  /** With several engines on one database only the leader evaluates; absent means this is the only one. */
  readonly leadership?: Pick<Leadership, 'isLeader' | 'onGained'>;
  /** Told of every evaluation of a unit, for metrics. */
  readonly onEvaluated?: (evaluated: Evaluated) => void;
}

export interface Evaluated {
  readonly outcome: 'done' | 'failed';
  readonly rules: number;
  readonly seconds: number;
}
