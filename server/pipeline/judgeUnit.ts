import type { Observation } from '../../src/core/alerts/observation.ts';
import { fingerprint, type Labels } from '../../src/core/labels.ts';
import { evaluateSeries, type Evaluation, type Measurement } from '../../src/core/rules/evaluateRule.ts';
import { isAgeSignal } from '../../src/core/signals/age.ts';
import { appliesTo, ruleSubject, summarize, type RuleSubject } from '../../src/core/rules/ruleSubject.ts';
import type { Rule } from '../../src/core/rules/rule.ts';
import type { Sample } from '../../src/core/series.ts';
import { ANY_SERVICE } from '../../src/core/thresholds/threshold.ts';
import { durationMs, type DurationMs, type EpochMs } from '../../src/core/units.ts';
import { keyOf, type AlertBook } from './alertBook.ts';
import type { EvaluationUnit } from './evaluatorUnits.ts';
import type { Asked } from './seriesWatch.ts';

export interface Judgement {
  readonly key: string;
  readonly observation: Observation;
}

export interface JudgeContext {
  readonly book: AlertBook;
  readonly now: EpochMs;
  /** How long data that was there once may be missing. */
  readonly missingAfter: DurationMs;
}

/** A named service that was never seen may just be starting, with the source itself: two rate windows before it is missed. */
const NEVER_SEEN: DurationMs = durationMs(120_000);

interface Judged {
  readonly rule: Rule;
  /** As {@link askedBy} says it of the rule. */
  readonly asked: string;
  readonly subject: RuleSubject;
  readonly measured: Measurement;
}

/** What one answer means for every rule of a unit: only what the store has to hear of. */
export function judgeUnit(
  { rules, query }: EvaluationUnit,
  samples: readonly Sample[],
  context: JudgeContext
): readonly Judgement[] {
  const bySignal = query.kind === 'signal';
  const byService = new Map(samples.map((sample) => [sample.labels['service'] ?? '', sample]));
  return rules.flatMap((rule) => {
    const found = bySignal ? samplesOf(rule, byService) : samples;
    const asked = askedBy(rule);
    const present = found.map((sample): Judged => ({
      ...{ rule, asked },
      subject: ruleSubject(rule, sample.labels),
      // Queries of signals mark a service without traffic by NaN; in an expression it is no value like any other.
      measured: Number.isNaN(sample.value) ? (bySignal ? 'idle' : 'missing') : sample.value,
    }));
    return [...present, ...absentOf({ rule, asked }, present, context)].flatMap((judged) => judge(judged, context));
  });
}

const isOfAge = ({ query }: Rule): boolean => query.kind === 'signal' && isAgeSignal(query.signal);

function samplesOf(rule: Rule, byService: ReadonlyMap<string, Sample>): readonly Sample[] {
  if (rule.query.kind === 'signal' && rule.query.service !== ANY_SERVICE) {
    const sample = byService.get(rule.query.service);
    return sample === undefined ? [] : [sample];
  }
  return [...byService].filter(([service]) => appliesTo(rule, service)).map(([, sample]) => sample);
}

/** What an expression's series are known by, beside their labels: which series one had tells nothing of what the next has. */
const askedBy = ({ query, labels }: Rule): string =>
  query.kind === 'expr' ? fingerprint({ ...labels, __expr__: query.expr }) : '';

type RuleAsking = Pick<Judged, 'rule' | 'asked'>;

/** Whether the rule, as it is now, could have the series: an edited owner, label or expression makes others of all of them. */
function couldHave({ rule, asked: asks }: RuleAsking, { labels, asked }: Asked): boolean {
  return rule.query.kind === 'signal'
    ? keyOf(labels) === keyOf(ruleSubject(rule, { service: labels['service'] ?? '' }).labels)
    : asked === asks;
}

/** Series that the rule waits for although the answer has them not: seen before, with an open alert, or named by the rule. */
function absentOf(asking: RuleAsking, present: readonly Judged[], { book }: JudgeContext): readonly Judged[] {
  const { rule } = asking;
  const there = new Set(present.map(({ subject }) => keyOf(subject.labels)));
  const waited = new Map<string, RuleSubject>();
  const wait = (labels: Labels): void => {
    const key = keyOf(labels);
    const service = labels['service'] ?? '';
    if (!there.has(key) && appliesTo(rule, service)) {
      waited.set(key, { labels, service });
    }
  };
  book.watch.forgetOf(rule.id, (series) => !couldHave(asking, series));
  for (const labels of book.watch.labelsOf(rule.id)) {
    wait(labels);
  }
  for (const key of book.ofRule(rule.id)) {
    wait(book.get(key)?.labels ?? {});
  }
  if (rule.query.kind === 'signal' && rule.query.service !== ANY_SERVICE) {
    wait(ruleSubject(rule, { service: rule.query.service }).labels);
  }
  // An age that nobody remembers, after a restart or long silence, is no news: what was silent stays so until it speaks.
  const isKept = (key: string): boolean => isOfAge(rule) && book.get(key)?.state === 'firing';
  return [...waited]
    .filter(([key]) => !isKept(key))
    .map(([, subject]) => ({ ...asking, subject, measured: 'missing' }));
}

function judge(judged: Judged, { book, now, missingAfter }: JudgeContext): readonly Judgement[] {
  const { rule, asked, subject, measured } = judged;
  const key = keyOf(subject.labels);
  const before = book.stateOf(key);
  const patience =
    book.watch.hasSeen(key) || before.state !== null ? missingAfter : durationMs(Math.max(missingAfter, NEVER_SEEN));
  const evaluation = evaluateSeries(rule, measured, { before, moment: { now, missingAfter: patience } });
  const missing = measured === 'missing' ? evaluation.timers.missing : undefined;
  book.watch.note(key, {
    ruleId: rule.id,
    labels: subject.labels,
    asked,
    missing,
    isAge: isOfAge(rule),
  });
  if (evaluation.status === 'no_data' && before.state === null && book.watch.isDismissed(key)) {
    return [];
  }
  const observation = observationOf(judged, evaluation, book.get(key)?.value ?? null);
  return book.isNews(key, observation, now) ? [{ key, observation }] : [];
}

function observationOf(
  { rule, subject, measured }: Judged,
  evaluation: Evaluation,
  lastValue: number | null
): Observation {
  const { status, severity, timers, reason, level } = evaluation;
  return {
    source: 'pharos',
    labels: subject.labels,
    annotations: rule.annotations,
    status,
    severity,
    severityMappedFrom: null,
    summary: summarize(rule, subject.service, level ?? rule.levels.find((one) => one.severity === severity)),
    service: subject.service,
    ruleId: rule.id,
    value: typeof measured === 'number' ? measured : lastValue,
    unit: rule.unit,
    startsAt: null,
    endsAt: null,
    generatorUrl: null,
    reason,
    actor: 'rule',
    timers,
  };
}
