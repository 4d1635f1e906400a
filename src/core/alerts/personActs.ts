import type { EpochMs } from '../units.ts';
import { isAcknowledged, type Alert } from './alert.ts';
import { advance, announced, unchanged, type Step } from './episode.ts';

export interface PersonWords {
  /** The person's name. */
  readonly by: string;
  readonly at: EpochMs;
  /** May be empty. */
  readonly comment: string;
}

/** `acknowledged by Ada: deploy`. */
const sentence = (act: string, { by, comment }: PersonWords): string =>
  comment === '' ? `${act} by ${by}` : `${act} by ${by}: ${comment}`;

const eventOf = (act: string, words: PersonWords) => ({
  at: words.at,
  actor: words.by,
  reason: sentence(act, words),
});

/** Takes an alert. Saying the same again changes nothing; other words or another person replace what stood. */
export function acknowledge(alert: Alert, words: PersonWords & { readonly until: EpochMs | null }): Step {
  const { by, at, comment, until } = words;
  const present = alert.acknowledged;
  const same =
    present !== null &&
    isAcknowledged(alert, at) &&
    present.by === by &&
    present.comment === comment &&
    present.until === until &&
    present.severity === alert.severity;
  if (same) {
    return unchanged(alert);
  }
  const acknowledged = { by, at, comment, until, severity: alert.severity };
  return advance(unchanged(alert), 'acknowledged', {
    event: eventOf('acknowledged', words),
    fields: { acknowledged },
  });
}

/** Gives an alert back; nothing happens when nobody had it. */
export function unacknowledge(alert: Alert, words: PersonWords): Step {
  if (alert.acknowledged === null) {
    return unchanged(alert);
  }
  return advance(unchanged(alert), 'unacknowledged', {
    event: eventOf('given back', words),
    fields: { acknowledged: null },
  });
}

/** Closes the episode by hand; receivers that were told of it are told of its end. */
export function resolve(alert: Alert, words: PersonWords): Step {
  if (alert.state === 'resolved') {
    return unchanged(alert);
  }
  const step = advance(unchanged(alert), 'resolved', {
    event: eventOf('resolved', words),
    to: 'resolved',
    fields: { resolvedAt: words.at, resolvedBy: words.by, updatedAt: words.at, endsAt: null },
  });
  return announced(step);
}

/** Adds a line to the timeline; possible after the end too. */
export function comment(alert: Alert, words: PersonWords): Step {
  const event = { at: words.at, actor: words.by, reason: words.comment };
  return advance(unchanged(alert), 'commented', { event });
}
