import type { EpochMs } from '../units.ts';
import { isAcknowledged, type Alert } from './alert.ts';
import { advance, announced, unchanged, type Step } from './episode.ts';

const ENGINE = 'engine';

/**
 * What the passing of time makes of an open alert: a pushed one that was not renewed becomes stale, and an acknowledgement ends at
 * its `until`. An alert that is still firing then is announced again, as nobody has it any more.
 */
export function expire(alert: Alert, now: EpochMs): Step {
  if (alert.state === 'resolved') {
    return unchanged(alert);
  }
  return endAcknowledgement(markStale(unchanged(alert), now), now);
}

function markStale(step: Step, now: EpochMs): Step {
  const { endsAt, state, source, updatedAt } = step.alert;
  if (endsAt === null || endsAt > now || state === 'stale') {
    return step;
  }
  const reason = `${source} stopped sending; last heard ${timeOfDay(updatedAt)}`;
  // A stale alert has nothing left to lapse: without `endsAt` the sweep does not look at it again.
  return advance(step, 'stale', { event: { at: now, actor: ENGINE, reason }, to: 'stale', fields: { endsAt: null } });
}

function endAcknowledgement(step: Step, now: EpochMs): Step {
  const { acknowledged, state } = step.alert;
  if (acknowledged === null || isAcknowledged(step.alert, now)) {
    return step;
  }
  const reason = `the acknowledgement by ${acknowledged.by} ended; the alert is still open`;
  const ended = advance(step, 'acknowledgement_expired', {
    event: { at: now, actor: ENGINE, reason },
    fields: { acknowledged: null },
  });
  return state === 'firing' || state === 'no_data' ? announced(ended) : ended;
}

/** `14:02:05Z`. */
const timeOfDay = (at: EpochMs): string => `${new Date(at).toISOString().slice(11, 19)}Z`;
