import type { Labels } from '../../../src/core/labels.ts';
import { matchingLabels } from '../../../src/core/routing/matchingLabels.ts';
import type { Rule } from '../../../src/core/rules/rule.ts';
import { appliesTo, ruleSubject } from '../../../src/core/rules/ruleSubject.ts';
import { compileThresholds } from '../../../src/core/thresholds/compileThreshold.ts';
import { ANY_SERVICE, type Threshold } from '../../../src/core/thresholds/threshold.ts';
import type { DiscoveredService } from '../../deps.ts';

export interface ServiceCoverage {
  /** Of the service's own thresholds, else of the defaults that watch it; empty when nobody owns it. */
  readonly owner: string;
  readonly hasThreshold: boolean;
  /** Every level of every rule that watches the service reaches somebody; false where no rule does. */
  readonly isRouted: boolean;
}

type Watched = Pick<DiscoveredService, 'name' | 'signals'>;

/**
 * What the rules in force cover of a service. An expression counts for the service that it names only: which services the series of
 * the others are of, nobody knows before they are asked.
 * @param reaches whether an alert with these labels comes to a receiver that works
 */
export function serviceCoverage(
  thresholds: readonly Threshold[],
  reaches: (labels: Labels) => boolean
): (service: Watched) => ServiceCoverage {
  const byService = Map.groupBy(compileThresholds(thresholds), serviceOf);
  const defaults = byService.get(ANY_SERVICE) ?? [];
  return (service) => {
    const own = byService.get(service.name) ?? [];
    const rules = [...own, ...defaults.filter((rule) => watches(rule, service))];
    return {
      owner: rules.map(({ labels }) => labels['owner'] ?? '').find((owner) => owner !== '') ?? '',
      hasThreshold: rules.length > 0,
      isRouted: rules.length > 0 && rules.every((rule) => labelsOfLevels(rule, service.name).every(reaches)),
    };
  };
}

const serviceOf = (rule: Rule): string =>
  rule.query.kind === 'signal' ? rule.query.service : ruleSubject(rule, {}).service;

const watches = (rule: Rule, { name, signals }: Watched): boolean =>
  rule.query.kind === 'signal' && signals.includes(rule.query.signal) && appliesTo(rule, name);

/** What the routes would look at, one label set for each level. */
function labelsOfLevels(rule: Rule, name: string): readonly Labels[] {
  const { labels, service } = ruleSubject(rule, rule.query.kind === 'signal' ? { service: name } : {});
  return rule.levels.map(({ severity }) => matchingLabels({ labels, service, severity }));
}
