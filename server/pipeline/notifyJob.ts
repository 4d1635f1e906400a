import type { Alert } from '../../src/core/alerts/alert.ts';
import type { Step } from '../../src/core/alerts/episode.ts';
import type { Transition } from '../../src/core/alerts/transition.ts';
import type { Json } from '../../src/core/json.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { NotifiedAlert } from '../receivers/receiver.ts';
import type { Job, NewJob } from '../store/jobRepository.ts';

export const NOTIFY = 'notify';

/** What a notify job carries: the alert as it stood when it was announced, so that a late delivery says what happened then. */
export interface NotifyPayload {
  readonly kind: NotifiedAlert['kind'];
  readonly reason: string;
  readonly at: EpochMs;
  readonly alert: Alert;
}

/** A reminder (an acknowledgement or a silence that ended) reaches receivers as what still holds. */
function notifiedKind({ kind, to }: Transition): NotifiedAlert['kind'] {
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

/** @throws Error when a job holds something else, which only another program can have written */
export function parsePayload({ id, payload }: Pick<Job, 'id' | 'payload'>): NotifyPayload {
  const isObject = typeof payload === 'object' && payload !== null && !Array.isArray(payload);
  if (!isObject || !('alert' in payload) || !('kind' in payload)) {
    throw new Error(`job ${id} holds no notification`);
  }
  return payload as unknown as NotifyPayload;
}

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
