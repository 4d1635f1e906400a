import type { Alert } from '../../src/core/alerts/alert.ts';
import type { TransitionKind } from '../../src/core/alerts/transition.ts';
import { EngineError } from '../errors.ts';
import { NOTIFY, parsePayload } from '../notifyPayload.ts';
import type { Job, NewJob } from '../store/jobRepository.ts';
import type { Transaction } from '../store/store.ts';
import { changedAlerts, historyRow } from './commitSteps.ts';
import { notifyJob } from './notifyJob.ts';
import type { Undelivered } from './pipeline.ts';

/**
 * Queues notifications that were given up anew. They go the way of all others: what was acknowledged or silenced by now is skipped.
 * @throws EngineError `not_found` for one that is not given up (any more); `conflict` where its receiver or its alert is gone
 */
export async function resendUndelivered(tx: Transaction, request: Undelivered): Promise<readonly Job[]> {
  const { namespace } = request.identity;
  const jobs = await tx.jobs.revive({ namespace, kind: NOTIFY, ids: request.ids }, request.now);
  requireAll(jobs, request);
  await requireReceivers(tx, namespace, jobs);
  const alerts = await alertsOf(tx, namespace, jobs);
  const gone = jobs.find(({ subject }) => !alerts.has(subject));
  if (gone !== undefined) {
    const { alert } = parsePayload(gone);
    throw new EngineError('conflict', `The alert "${alert.summary}" is no longer kept: dismiss its notifications.`);
  }
  await tx.jobs.enqueue(await endsToTell(tx, { jobs, alerts }, request));
  await note(tx, { jobs, alerts }, { ...request, kind: 'notification_resent' });
  return jobs;
}

/** @throws EngineError `not_found` for one that is not given up (any more) */
export async function dismissUndelivered(tx: Transaction, request: Undelivered): Promise<readonly Job[]> {
  const { namespace } = request.identity;
  const jobs = await tx.jobs.dismiss({ namespace, kind: NOTIFY, ids: request.ids });
  requireAll(jobs, request);
  await note(tx, { jobs, alerts: await alertsOf(tx, namespace, jobs) }, { ...request, kind: 'notification_dismissed' });
  return jobs;
}

interface Found {
  readonly jobs: readonly Job[];
  readonly alerts: ReadonlyMap<string, Alert>;
}

function requireAll(jobs: readonly Job[], { ids }: Undelivered): void {
  const found = new Set(jobs.map(({ id }) => id));
  const missing = ids.find((id) => !found.has(String(Number(id))));
  if (missing !== undefined) {
    throw new EngineError(
      'not_found',
      `There is no undelivered notification ${missing}: somebody may have sent it again or dismissed it.`
    );
  }
}

async function requireReceivers(tx: Transaction, namespace: string, jobs: readonly Job[]): Promise<void> {
  for (const name of new Set(jobs.map(({ queue }) => queue))) {
    if ((await tx.receivers.get(namespace, name)) === undefined) {
      throw new EngineError(
        'conflict',
        `There is no receiver ${name} any more: add one of that name, or dismiss its notifications.`
      );
    }
  }
}

async function alertsOf(tx: Transaction, namespace: string, jobs: readonly Job[]): Promise<Found['alerts']> {
  const alerts = new Map<string, Alert>();
  for (const id of new Set(jobs.map(({ subject }) => subject))) {
    const alert = await tx.alerts.get(namespace, id);
    if (alert !== undefined) {
      alerts.set(id, alert);
    }
  }
  return alerts;
}

/** When these alerts ended, a receiver that could not be told of their beginning was not to be told of their end. */
async function endsToTell(
  tx: Transaction,
  { jobs, alerts }: Found,
  { now, identity }: Undelivered
): Promise<readonly NewJob[]> {
  const keyOf = ({ queue, subject }: Job): string => JSON.stringify([queue, subject]);
  const isEnd = (job: Job): boolean => parsePayload(job).kind === 'resolved';
  const told = new Set(jobs.filter(isEnd).map(keyOf));
  const ends = new Map<string, NewJob>();
  for (const job of jobs.filter((one) => !told.has(keyOf(one)))) {
    const alert = alerts.get(job.subject);
    if (alert?.state === 'resolved' && !ends.has(keyOf(job))) {
      const filter = { alertId: alert.id, kinds: ['resolved'] } as const;
      const [end] = (await tx.history.list(identity.namespace, filter, { limit: 1 })).items;
      const payload = { kind: 'resolved', reason: end?.reason ?? '', at: alert.resolvedAt ?? now, alert } as const;
      const asked = notifyJob(job.queue, payload);
      // Behind its beginning, and beside an end that was queued before.
      ends.set(keyOf(job), { ...asked, ...{ runAt: now, now, idempotencyKey: `${asked.idempotencyKey}:${now}` } });
    }
  }
  return [...ends.values()];
}

async function note(
  tx: Transaction,
  { jobs, alerts }: Found,
  {
    identity,
    now,
    kind,
  }: Undelivered & {
    readonly kind: Extract<TransitionKind, 'notification_resent' | 'notification_dismissed'>;
  }
): Promise<void> {
  const rows = jobs.map((job) => {
    const payload = parsePayload(job);
    const alert = alerts.get(job.subject) ?? payload.alert;
    const reason =
      kind === 'notification_resent' ? `to ${job.queue}` : (job.lastError ?? `${job.queue} was not notified`);
    return historyRow(
      {
        ...{ alertId: alert.id, at: now, kind, from: alert.state, to: alert.state, severity: payload.alert.severity },
        ...{ actor: identity.name, reason, value: payload.alert.value },
        detail: { receiver: job.queue, kind: payload.kind },
      },
      alert
    );
  });
  await tx.history.append(identity.namespace, rows);
  await tx.changes.append(identity.namespace, [
    ...changedAlerts(jobs.map(({ subject }) => subject)),
    ...[...new Set(jobs.map(({ queue }) => queue))].map((id) => ({ topic: 'receivers', id })),
  ]);
}
