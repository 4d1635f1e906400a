import { fingerprint } from '../labels.ts';
import { epochMs, type EpochMs } from '../units.ts';
import type { Alert, LevelTimers } from './alert.ts';
import { advance, announced, episodeId, unchanged, type Event, type Step } from './episode.ts';
import type { Observation } from './observation.ts';
import { severityRank } from './severity.ts';
import type { Transition } from './transition.ts';

export interface ObserveContext {
  readonly namespace: string;
  readonly now: EpochMs;
}

export interface Observed {
  /** Undefined when there is no episode and none begins. */
  readonly alert: Alert | undefined;
  readonly transitions: readonly Transition[];
  /** The transition that receivers are to be told of; each severity at most once in an episode, and missing data once. */
  readonly announce: Transition | undefined;
}

const NOTHING: Observed = { alert: undefined, transitions: [], announce: undefined };

/**
 * The alert state machine: what one observation makes of one alert.
 *
 * ```
 *            pending ──fired──▶ firing ◀──data_returned── no_data
 *               │                │  ▲ ──────no_data─────▶   │
 *            cleared          stale renewed                 │
 *               ▼                ▼  │                       │
 *            resolved ◀─resolved─ firing, no_data, stale ◀──┘
 * ```
 *
 * @param current the open episode, or the last resolved one (used only to keep the ids of episodes apart)
 */
export function observe(current: Alert | undefined, observation: Observation, context: ObserveContext): Observed {
  if (current === undefined || current.state === 'resolved') {
    return begin(current, observation, context);
  }
  if (isEnd(observation)) {
    return end(current, observation, context.now);
  }
  return carryOn(current, observation, context.now);
}

const isEnd = (observation: Observation): boolean =>
  observation.status === 'clear' || observation.status === 'resolved';

const eventOf = (observation: Observation, now: EpochMs): Event => ({
  at: now,
  actor: observation.actor,
  reason: observation.reason,
});

function begin(previous: Alert | undefined, observation: Observation, context: ObserveContext): Observed {
  if (observation.status === 'clear' || observation.status === 'resolved') {
    return NOTHING;
  }
  const { now, namespace } = context;
  const print = fingerprint(observation.labels);
  const startsAt = startOf(previous, observation, now);
  const alert: Alert = {
    id: episodeId(observation.source, print, startsAt),
    namespace,
    fingerprint: print,
    source: observation.source,
    state: observation.status,
    severity: observation.severity,
    ...described(observation),
    acknowledged: null,
    suppressedBy: [],
    labels: observation.labels,
    startsAt,
    updatedAt: now,
    resolvedAt: null,
    resolvedBy: null,
    timers: withoutAnnounced(observation.timers),
    version: 0,
  };
  const event = eventOf(observation, now);
  const step = unchanged(alert);
  switch (observation.status) {
    case 'pending':
      return advance(step, 'pending', { event });
    case 'firing':
      return announceSeverity(advance(step, 'fired', { event }));
    case 'no_data':
      return announceNoData(advance(step, 'no_data', { event }));
  }
}

/** When the episode began: never in the future, and always after the start of the one before it, so that no id comes twice. */
function startOf(previous: Alert | undefined, observation: Observation, now: EpochMs): EpochMs {
  const stated = epochMs(Math.min(observation.startsAt ?? now, now));
  if (previous === undefined || stated > previous.startsAt) {
    return stated;
  }
  return epochMs(Math.max(now, previous.startsAt + 1));
}

/** What every observation renews. */
const described = (observation: Observation) => ({
  severityMappedFrom: observation.severityMappedFrom,
  annotations: observation.annotations,
  summary: observation.summary,
  service: observation.service,
  ruleId: observation.ruleId,
  value: observation.value,
  unit: observation.unit,
  endsAt: observation.endsAt,
  generatorUrl: observation.generatorUrl,
});

function end(current: Alert, observation: Observation, now: EpochMs): Observed {
  // A resolution that was overtaken on its way: it speaks of an earlier episode.
  if (observation.endsAt !== null && observation.endsAt < current.startsAt) {
    return unchanged(current);
  }
  const resolvedAt = epochMs(Math.min(observation.endsAt ?? now, now));
  const fields = {
    value: observation.value ?? current.value,
    timers: mergeTimers(current.timers, observation.timers),
    resolvedAt,
    resolvedBy: observation.actor,
    updatedAt: now,
    endsAt: null,
  };
  const event = eventOf(observation, now);
  if (current.state === 'pending' && !wasAnnounced(current)) {
    return advance(unchanged(current), 'cleared', { event, to: 'resolved', fields });
  }
  return announced(advance(unchanged(current), 'resolved', { event, to: 'resolved', fields }));
}

const wasAnnounced = ({ timers }: Alert): boolean => timers.announced !== undefined || timers.announcedNoData === true;

/** Timers come from the observation; what was announced is the state machine's own. */
function mergeTimers(current: LevelTimers, observed: LevelTimers): LevelTimers {
  const { announced: severity, announcedNoData } = current;
  return {
    ...withoutAnnounced(observed),
    ...(severity !== undefined && { announced: severity }),
    ...(announcedNoData !== undefined && { announcedNoData }),
  };
}

function withoutAnnounced({ announced: _severity, announcedNoData: _noData, ...timers }: LevelTimers): LevelTimers {
  return timers;
}

function carryOn(current: Alert, observation: Observation, now: EpochMs): Step {
  const event = eventOf(observation, now);
  const renewed: Alert = {
    ...current,
    ...described(observation),
    timers: mergeTimers(current.timers, observation.timers),
    updatedAt: now,
  };
  const step = unchanged(renewed);
  switch (observation.status) {
    case 'no_data':
      return renewed.state === 'no_data' ? step : announceNoData(advance(step, 'no_data', { event, to: 'no_data' }));
    case 'pending':
      return observePending(step, observation, event);
    default:
      return observeFiring(step, observation, event);
  }
}

/** A crossing whose `for` has not passed. It changes nothing about what already fired. */
function observePending(step: Step, observation: Observation, event: Event): Step {
  const { state, timers } = step.alert;
  if (state === 'pending') {
    return unchanged({ ...step.alert, severity: observation.severity });
  }
  if (state === 'stale') {
    return advance(step, 'renewed', { event, to: 'firing' });
  }
  if (state === 'no_data') {
    const fields = timers.announced === undefined ? { severity: observation.severity } : {};
    const to = timers.announced === undefined ? 'pending' : 'firing';
    return advance(step, 'data_returned', { event, to, fields });
  }
  return step;
}

const BACK_TO_FIRING = { no_data: 'data_returned', stale: 'renewed' } as const;

function observeFiring(step: Step, observation: Observation, event: Event): Step {
  const { state, timers } = step.alert;
  // An episode that began as pending or as missing data fires for the first time here, whatever it was before.
  if (timers.announced === undefined) {
    const fields = { severity: observation.severity };
    return announceSeverity(advance(step, 'fired', { event, to: 'firing', fields }));
  }
  const firing =
    state === 'no_data' || state === 'stale' ? advance(step, BACK_TO_FIRING[state], { event, to: 'firing' }) : step;
  return observeSeverity(firing, observation, event);
}

function observeSeverity(step: Step, observation: Observation, event: Event): Step {
  const difference = severityRank(observation.severity) - severityRank(step.alert.severity);
  const fields = { severity: observation.severity };
  if (difference > 0) {
    return announceSeverity(advance(step, 'severity_raised', { event, to: 'firing', fields }));
  }
  return difference < 0 ? advance(step, 'severity_lowered', { event, to: 'firing', fields }) : step;
}

/** Announces the newest transition, unless this episode was announced at this severity or a higher one. */
function announceSeverity(step: Step): Step {
  const { severity, timers } = step.alert;
  if (timers.announced !== undefined && severityRank(timers.announced) >= severityRank(severity)) {
    return step;
  }
  return announced({ ...step, alert: { ...step.alert, timers: { ...timers, announced: severity } } });
}

function announceNoData(step: Step): Step {
  const { timers } = step.alert;
  if (timers.announcedNoData === true) {
    return step;
  }
  return announced({ ...step, alert: { ...step.alert, timers: { ...timers, announcedNoData: true } } });
}
