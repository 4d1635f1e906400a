import type { AlertState, LevelTimers } from '../alerts/alert.ts';
import type { Severity } from '../alerts/severity.ts';
import { severityRank } from '../alerts/severity.ts';
import { formatHold } from '../formatSpan.ts';
import { formatValue } from '../signals/formatValue.ts';
import { explainCrossing } from '../thresholds/explain.ts';
import { durationMs, sinceMs, toSeconds, type DurationMs, type EpochMs } from '../units.ts';
import { describeRule } from './ruleSubject.ts';
import type { Rule, RuleLevel } from './rule.ts';

/** What was measured: a number, nothing although there should be something, or nothing because there is no traffic. */
export type Measurement = number | 'missing' | 'idle';

/** Where a series stood after the evaluation before; `null` state when it has no open alert. */
export interface SeriesState {
  readonly state: Exclude<AlertState, 'resolved'> | null;
  readonly severity: Severity;
  readonly timers: LevelTimers;
}

export interface Evaluation {
  readonly status: 'clear' | 'pending' | 'firing' | 'no_data';
  readonly severity: Severity;
  readonly timers: LevelTimers;
  /** The level that the status is about. */
  readonly level: RuleLevel | undefined;
  /** A sentence for the history. */
  readonly reason: string;
}

export interface Moment {
  readonly now: EpochMs;
  /** Missing for this long is `no_data`. Three evaluation intervals: one failed scrape is no alarm. */
  readonly missingAfter: DurationMs;
}

export const NOTHING_OPEN: SeriesState = { state: null, severity: 'info', timers: {} };

const crosses = (rule: Rule, level: RuleLevel, value: number): boolean =>
  rule.direction === 'above' ? value > level.value : value < level.value;

/**
 * One step of one series of a rule:
 *
 *     clear ──level crossed──▶ pending ──`for` passed──▶ firing ──not crossed for `keepFiringFor`──▶ clear
 *       any ──missing for `missingAfter`──▶ no_data ──data──▶ as the value says
 *
 * The severity is the highest level whose `for` has passed; it falls at once and rises only after its own `for`. Level timers
 * survive a gap in the data, so that a gap delays an alert but does not reset it.
 */
export function evaluateSeries(
  rule: Rule,
  measured: Measurement,
  { before, moment }: { before: SeriesState; moment: Moment }
): Evaluation {
  const value = typeof measured === 'number' && Number.isNaN(measured) ? 'missing' : measured;
  if (value === 'missing') {
    return evaluateMissing(rule, before, moment);
  }
  const crossed = value === 'idle' ? [] : rule.levels.filter((level) => crosses(rule, level, value));
  if (value === 'idle' || crossed.length === 0) {
    return evaluateClear(rule, value, { before, moment });
  }
  return evaluateCrossed(rule, value, { crossed, before, moment });
}

function evaluateMissing(rule: Rule, before: SeriesState, { now, missingAfter }: Moment): Evaluation {
  const missing = before.timers.missing ?? now;
  const timers = { ...before.timers, missing };
  const { severity } = worstOf(rule, before);
  const since = sinceMs(missing, now);
  if (before.state !== 'no_data' && since < missingAfter) {
    const status = before.state === 'pending' || before.state === 'firing' ? before.state : 'clear';
    return { status, severity, timers, level: undefined, reason: `${describeRule(rule)} has no value at the moment` };
  }
  const reason = `${describeRule(rule)} has had no value for ${formatHold(toSeconds(since))}`;
  return { status: 'no_data', severity, timers, level: undefined, reason };
}

/** Missing data is as bad as the alert that stood before it, or as the rule's lowest level. */
function worstOf(rule: Rule, before: SeriesState): { severity: Severity } {
  return { severity: before.state === null ? (rule.levels[0]?.severity ?? 'warning') : before.severity };
}

function evaluateClear(
  rule: Rule,
  value: number | 'idle',
  { before, moment: { now } }: { before: SeriesState; moment: Moment }
): Evaluation {
  const clear = before.timers.clear ?? now;
  const severity = before.severity;
  const what = describeRule(rule);
  const lowest = rule.levels[0];
  const reason =
    value === 'idle'
      ? `${what} has no value, because there is no traffic`
      : `${what} ${formatValue(value, rule.unit)} is ${lowest === undefined ? 'fine' : `not ${rule.direction} ${formatValue(lowest.value, rule.unit)}`}`;
  if (before.state === 'firing' && sinceMs(clear, now) < rule.keepFiringFor) {
    return { status: 'firing', severity, timers: { clear }, level: levelOf(rule, severity), reason };
  }
  return { status: 'clear', severity, timers: {}, level: undefined, reason };
}

const levelOf = (rule: Rule, severity: Severity): RuleLevel | undefined =>
  rule.levels.findLast((level) => level.severity === severity);

interface Crossed {
  /** Never empty. */
  readonly crossed: readonly RuleLevel[];
  readonly before: SeriesState;
  readonly moment: Moment;
}

function evaluateCrossed(rule: Rule, value: number, { crossed, before, moment: { now } }: Crossed): Evaluation {
  const timers: Partial<Record<RuleLevel['name'], EpochMs>> = {};
  for (const { name } of crossed) {
    timers[name] = before.timers[name] ?? now;
  }
  const heldFor = (level: RuleLevel): DurationMs => sinceMs(timers[level.name] ?? now, now);
  const held = crossed.findLast((level) => heldFor(level) >= rule.for);
  const explain = (level: RuleLevel | undefined, duration: DurationMs): string =>
    level === undefined
      ? describeRule(rule)
      : explainCrossing(
          { what: describeRule(rule), direction: rule.direction, level: level.value, unit: rule.unit },
          value,
          duration
        );
  if (held !== undefined) {
    return { status: 'firing', severity: held.severity, timers, level: held, reason: explain(held, heldFor(held)) };
  }
  const highest = crossed.at(-1);
  const reached = highest?.severity ?? before.severity;
  if (before.state === 'firing') {
    // Crossed again within `keepFiringFor`: still the same episode, and no worse than it was before the new `for` has passed.
    const severity = severityRank(reached) < severityRank(before.severity) ? reached : before.severity;
    return {
      status: 'firing',
      severity,
      timers,
      level: levelOf(rule, severity),
      reason: explain(highest, durationMs(0)),
    };
  }
  return {
    status: 'pending',
    severity: reached,
    timers,
    level: highest,
    reason: `${explain(highest, durationMs(0))}; fires after ${formatHold(rule.for)}`,
  };
}
