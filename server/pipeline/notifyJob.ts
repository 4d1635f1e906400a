import type { Step } from '../../src/core/alerts/episode.ts';
import type { Transition } from '../../src/core/alerts/transition.ts';
import type { Json } from '../../src/core/json.ts';
import { NOTIFY, type NotifyPayload } from '../notifyPayload.ts';
import type { NewJob } from '../store/jobRepository.ts';

/** A reminder (an acknowledgement or a silence that ended) reaches receivers as what still holds. */
function notifiedKind({ kind, to }: Transition): NotifyPayload['kind'] {
  if (kind === 'fired' || kind === 'severity_raised' || kind === 'no_data' || kind === 'resolved') {
    return kind;
  }
  return to === 'no_data' ? 'no_data' : 'fired';
}

/** The payload of an announcement, or undefined when there is none. */
export function announcementOf({ alert, announce }: Pick<Step, 'alert' | 'announce'>): NotifyPayload | undefined {
  return announce && { kind: notifiedKind(announce), reason: announce.reason, at: announce.at, alert };
}

export const encodePayload = (payload: NotifyPayload): Json => JSON.parse(JSON.stringify(payload)) as Json;

export const notifyJob = (receiver: string, payload: NotifyPayload): NewJob => ({
  namespace: payload.alert.namespace,
  kind: NOTIFY,
  queue: receiver,
  subject: payload.alert.id,
  payload: encodePayload(payload),
  runAt: payload.at,
  idempotencyKey: `notify:${receiver}:${payload.alert.id}:${payload.alert.version}`,
  now: payload.at,
});
