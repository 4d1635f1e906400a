import type { Labels } from '../labels.ts';
import type { Rule, RuleLevel } from '../rules/rule.ts';
import { seconds, type DurationMs } from '../units.ts';
import { describeSignal } from './explain.ts';
import { overridesOf } from './overridesOf.ts';
import { ANY_SERVICE, type Threshold } from './threshold.ts';

/** A threshold's alert stays open this long after the value went back: two evaluations at the demo's pace. */
const KEEP_FIRING_FOR: DurationMs = seconds(10);

/** What compiling reads; a preview has no id yet. */
export type CompilableThreshold = Omit<Threshold, 'version' | 'createdAt' | 'updatedAt' | 'updatedBy'>;

function levelsOf({ warning, critical }: CompilableThreshold): readonly RuleLevel[] {
  const levels: RuleLevel[] = [];
  if (warning !== null) {
    levels.push({ name: 'warning', severity: 'warning', value: warning });
  }
  if (critical !== null) {
    levels.push({ name: 'critical', severity: 'critical', value: critical });
  }
  return levels;
}

/** Labels that every alert of the rule has; the service is added per series. A label that a person set names the alert better. */
function labelsOf({ id, signal, owner, labels }: CompilableThreshold): Labels {
  const own = typeof signal === 'string' ? { signal } : { threshold: id };
  return {
    alertname: typeof signal === 'string' ? signal : 'expression',
    ...labels,
    ...own,
    ...(owner === '' ? {} : { owner }),
  };
}

/** @param services those that have thresholds of their own, which a default leaves alone */
export function compileThreshold(threshold: CompilableThreshold, services: readonly string[] = []): Rule {
  const { id, namespace, service, signal, runbookUrl } = threshold;
  const what = describeSignal(signal);
  return {
    id,
    namespace,
    title: service === ANY_SERVICE ? `${what} of every service` : `${what} of ${service}`,
    query:
      typeof signal === 'string'
        ? { kind: 'signal', signal, service, except: services }
        : { kind: 'expr', expr: signal.expr },
    direction: threshold.direction,
    levels: levelsOf(threshold),
    unit: threshold.unit,
    for: threshold.for,
    keepFiringFor: KEEP_FIRING_FOR,
    labels:
      typeof signal === 'string' || service === ANY_SERVICE ? labelsOf(threshold) : { ...labelsOf(threshold), service },
    annotations: runbookUrl === '' ? {} : { runbook_url: runbookUrl },
  };
}

/** The rules of one namespace: enabled thresholds, each default without the services that have their own. */
export function compileThresholds(thresholds: readonly Threshold[]): readonly Rule[] {
  return thresholds
    .filter((threshold) => threshold.enabled)
    .map((threshold) => compileThreshold(threshold, overridesOf(thresholds, threshold)));
}
