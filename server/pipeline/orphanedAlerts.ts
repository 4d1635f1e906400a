import type { Observation } from '../../src/core/alerts/observation.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import { appliesTo, ruleSubject } from '../../src/core/rules/ruleSubject.ts';
import type { Threshold, ThresholdVersion } from '../../src/core/thresholds/threshold.ts';
import { keyOf, type AlertBook, type OpenAlert } from './alertBook.ts';
import type { Judgement } from './judgeUnit.ts';

export interface Orphans {
  readonly book: AlertBook;
  /** Compiled rules of the namespace. */
  readonly rules: readonly Rule[];
  /** All thresholds of the namespace, disabled ones too. */
  readonly thresholds: readonly Threshold[];
  /** Newest first. */
  readonly versions: (thresholdId: string) => Promise<readonly ThresholdVersion[]>;
}

/** Open alerts that no rule makes any more, each resolved with who is behind it. */
export async function resolveOrphans({ book, rules, thresholds, versions }: Orphans): Promise<readonly Judgement[]> {
  const signalKeys = signalKeysOf(rules, book);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const orphans = [...book.open()].filter(
    ([key, alert]) => !signalKeys.has(key) && !isOfExpression(byId.get(alert.ruleId), alert)
  );
  const all = new Map(thresholds.map((threshold) => [threshold.id, threshold]));
  return Promise.all(
    orphans.map(async ([key, alert]) => {
      const end = endOf(alert, all.get(alert.ruleId)) ?? deletionOf(await versions(alert.ruleId));
      return { key, observation: resolution(alert, end) };
    })
  );
}

/** Keys of the open alerts' services under each rule of a signal: an override takes over the alert of its default. */
function signalKeysOf(rules: readonly Rule[], book: AlertBook): ReadonlySet<string> {
  const services = new Set([...book.open()].map(([, { service }]) => service));
  const ofSignal = rules.filter(({ query }) => query.kind === 'signal');
  return new Set(
    ofSignal.flatMap((rule) =>
      [...services]
        .filter((service) => appliesTo(rule, service))
        .map((service) => keyOf(ruleSubject(rule, { service }).labels))
    )
  );
}

/** The series of an expression are only known when it answers: its labels must at least be those the rule gives. */
const isOfExpression = (rule: Rule | undefined, alert: OpenAlert): boolean =>
  rule?.query.kind === 'expr' && Object.entries(rule.labels).every(([name, value]) => alert.labels[name] === value);

interface End {
  readonly by: string;
  readonly reason: string;
}

function endOf({ service }: OpenAlert, threshold: Threshold | undefined): End | undefined {
  if (threshold === undefined) {
    return undefined;
  }
  const by = threshold.updatedBy;
  if (!threshold.enabled) {
    return { by, reason: `threshold disabled by ${by}` };
  }
  return threshold.service === service || threshold.service === '*'
    ? { by, reason: `threshold changed by ${by}, or ${service} has another one now` }
    : { by, reason: `threshold moved from ${service} to ${threshold.service} by ${by}` };
}

function deletionOf(versions: readonly ThresholdVersion[]): End {
  const deletion = versions.find(({ change }) => change === 'deleted');
  if (deletion === undefined) {
    return { by: 'rule', reason: 'its threshold is no longer there' };
  }
  const { by, reason } = deletion;
  return { by, reason: `threshold deleted by ${by}${reason === '' ? '' : `: ${reason}`}` };
}

function resolution(alert: OpenAlert, { by, reason }: End): Observation {
  const { labels, annotations, severity, summary, service, ruleId, value, unit } = alert;
  return {
    ...{ source: 'pharos', labels, annotations, status: 'resolved', severity, summary, service, ruleId, value, unit },
    ...{ severityMappedFrom: null, startsAt: null, endsAt: null, generatorUrl: null, timers: {} },
    reason,
    actor: by,
  };
}
