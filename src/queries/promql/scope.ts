import type { Matcher } from '../../core/matchers.ts';
import { formatDuration, type DurationMs } from '../../core/units.ts';
import { quote, selector } from './selector.ts';

/** How values of one service are joined into one. */
export type Aggregation = 'sum' | 'max' | 'min';

/** A PromQL vector whose series still carry the labels that name their service. */
export type RawVector = string & { readonly __brand: 'RawVector' };
/** A PromQL vector with exactly one series per value of label `service` (and `le` where it was kept). */
export type ServiceVector = string & { readonly __brand: 'ServiceVector' };

const raw = (expr: string): RawVector => expr as RawVector;
const perService = (expr: string): ServiceVector => expr as ServiceVector;

/** Never part of a service's name; separates label values where the first that is set is picked. */
const SEPARATOR = '\u001f';

/** Writes expressions for one convention: which labels name the service, over which window, for all services or one. */
export interface Scope {
  rate(metric: string, matchers?: readonly Matcher[]): RawVector;
  gauge(metric: string, matchers?: readonly Matcher[]): RawVector;
  /** Rates of several disjoint selections of one metric, e.g. one for each label that may carry the status. */
  rateOfAny(metric: string, selections: ReadonlyArray<readonly Matcher[]>): RawVector;
  /** Any expression over raw vectors that keeps the service labels. */
  raw(expr: string): RawVector;
  /** Joins by service; `keep` names labels that stay beside it. */
  by(aggregation: Aggregation, vector: RawVector, keep?: readonly string[]): ServiceVector;
  of(expr: string): ServiceVector;
  /** The labels that may name the service, for `by (…)` clauses inside raw expressions. */
  readonly labels: string;
}

export interface ScopeOptions {
  /** Labels that may name the service; the first that is not empty does. */
  readonly serviceLabels: readonly string[];
  readonly window: DurationMs;
  /** Only this service; absent means all. */
  readonly service?: string | undefined;
}

export function createScope({ serviceLabels, window, service }: ScopeOptions): Scope {
  const range = `[${formatDuration(window)}]`;
  const scopes = service === undefined ? [[]] : matchersOfService(serviceLabels, service);
  const select = (metric: string, selections: ReadonlyArray<readonly Matcher[]>, suffix: string): string[] =>
    selections.flatMap((matchers) => scopes.map((scope) => `${selector(metric, [...scope, ...matchers])}${suffix}`));
  const rateOfAny: Scope['rateOfAny'] = (metric, selections) =>
    raw(union(select(metric, selections, range).map((selected) => `rate(${selected})`)));
  return {
    rateOfAny,
    rate: (metric, matchers = []) => rateOfAny(metric, [matchers]),
    gauge: (metric, matchers = []) => raw(union(select(metric, [matchers], ''))),
    raw,
    of: perService,
    by: (aggregation, vector, keep = []) =>
      perService(
        service === undefined
          ? joinByService({ aggregation, vector, keep, serviceLabels })
          : joinOfService({ aggregation, vector, keep, service })
      ),
    labels: serviceLabels.join(', '),
  };
}

const union = (parts: readonly string[]): string => {
  const [first, ...rest] = parts;
  return rest.length === 0 ? (first ?? '') : `(${parts.join(' or ')})`;
};

/** One selection per label: the service stands in this one and all before it are empty. They cannot overlap. */
function matchersOfService(labels: readonly string[], service: string): ReadonlyArray<readonly Matcher[]> {
  return labels.map((name, index) => [
    ...labels.slice(0, index).map((before): Matcher => ({ name: before, op: '=', value: '' })),
    { name, op: '=', value: service },
  ]);
}

/** All selected series are of the one service: its name is written, not read. `$` would start a reference to a group. */
function joinOfService({
  aggregation,
  vector,
  keep,
  service,
}: Omit<Join, 'serviceLabels'> & { service: string }): string {
  const by = keep.length === 0 ? '' : ` by (${keep.join(', ')})`;
  return `label_replace(${aggregation}${by} (${vector}), "service", ${quote(service.replaceAll('$', '$$$$'))}, "", "")`;
}

interface Join {
  readonly aggregation: Aggregation;
  readonly vector: RawVector;
  readonly keep: readonly string[];
  readonly serviceLabels: readonly string[];
}

/**
 * Aggregates twice: over the source's own labels first, so that the relabelling works on few series, and by `service` after it,
 * because one service may be found under different labels.
 */
function joinByService({ aggregation, vector, keep, serviceLabels }: Join): string {
  const inner = `${aggregation} by (${[...serviceLabels, ...keep].join(', ')}) (${vector})`;
  const [only, ...others] = serviceLabels;
  if (only === 'service' && others.length === 0) {
    return inner;
  }
  const outer = `${aggregation} by (${['service', ...keep].join(', ')})`;
  if (only !== undefined && others.length === 0) {
    return `${outer} (label_replace(${inner}, "service", "$1", ${quote(only)}, "(.+)"))`;
  }
  const joined = `label_join(${inner}, "service_key", ${quote(SEPARATOR)}, ${serviceLabels.map(quote).join(', ')})`;
  const firstSet = `${SEPARATOR}*([^${SEPARATOR}]+).*`;
  return `${outer} (label_replace(${joined}, "service", "$1", "service_key", ${quote(firstSet)}))`;
}
