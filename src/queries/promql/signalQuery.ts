import { SIGNAL_NAMES, type SignalName } from '../../core/signals/catalogue.ts';
import { durationMs, type DurationMs } from '../../core/units.ts';
import { CONVENTIONS } from './conventions.ts';
import { createScope, type Scope, type ServiceVector } from './scope.ts';
import type { SignalSource } from './convention.ts';

export interface SignalQuery {
  readonly signal: SignalName;
  /** Metric names that the source has: what it lacks is left out, so that queries stay small. */
  readonly metrics: ReadonlySet<string>;
  /** Over which rates are taken; see `rateWindow`. */
  readonly window: DurationMs;
  /** Only this service; absent means one series for each. */
  readonly service?: string | undefined;
  /** Adds NaN for services that are there but have no traffic, so that a rule can tell idle from missing. */
  readonly markIdle?: boolean;
}

const MIN_WINDOW_MS = 60_000;

/** Four scrapes at least, so that one that failed leaves a rate; never below a minute, so that figures do not jump. */
export const rateWindow = (scrapeInterval: DurationMs): DurationMs =>
  durationMs(Math.max(4 * scrapeInterval, MIN_WINDOW_MS));

interface Usable {
  readonly source: SignalSource;
  readonly scope: Scope;
}

function usableSources({ signal, metrics, window, service }: SignalQuery): readonly Usable[] {
  return CONVENTIONS.flatMap(({ serviceLabels, sources }) => {
    const found = sources.filter(
      (source) => source.signal === signal && source.metrics.every((metric) => metrics.has(metric))
    );
    return found.length === 0
      ? []
      : found.map((source) => ({ source, scope: createScope({ serviceLabels, window, service }) }));
  });
}

/**
 * PromQL for one signal: one series per service with the label `service` alone, whatever the metrics and labels it was found under;
 * with `service`, of that one. Services without traffic have no error ratio and no latency.
 * @returns `undefined` when the source has no metric of the signal
 */
export function buildSignalQuery(query: SignalQuery): string | undefined {
  const usable = usableSources(query);
  if (usable.length === 0) {
    return undefined;
  }
  const values = usable.map(({ source, scope }) => source.expr(scope));
  const idle = query.markIdle === true ? usable.flatMap(({ source, scope }) => idleExpr(scope, source)) : [];
  const parts = [...values, ...idle];
  // `or` binds weaker than arithmetic and comparison, so alternatives need no parentheses of their own.
  return [...new Set(parts)].join('\nor\n');
}

const idleExpr = (scope: Scope, { activity }: SignalSource): readonly ServiceVector[] =>
  activity === undefined ? [] : [scope.of(`(${activity(scope)} == 0) * NaN`)];

/** The signals that a source with these metrics can give, in catalogue order. */
export function availableSignals(metrics: ReadonlySet<string>): readonly SignalName[] {
  return SIGNAL_NAMES.filter((signal) =>
    CONVENTIONS.some(({ sources }) =>
      sources.some((source) => source.signal === signal && source.metrics.every((metric) => metrics.has(metric)))
    )
  );
}

/** Every metric name that a signal can come from. */
export const SIGNAL_METRICS: ReadonlySet<string> = new Set(
  CONVENTIONS.flatMap(({ sources }) => sources.flatMap((source) => source.metrics))
);
