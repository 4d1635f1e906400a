import type { DeliveryView } from '../../../src/api/alerts.ts';
import type { Identity } from '../../../src/core/identity.ts';
import type { Deps } from '../../deps.ts';
import { tellFailure } from '../../receivers/tellFailure.ts';
import type { Job } from '../../store/jobRepository.ts';
import { NOTIFY, parsePayload } from '../../notifyPayload.ts';

const STATE: Readonly<Record<Job['state'], DeliveryView['state']>> = {
  queued: 'queued',
  running: 'sending',
  done: 'delivered',
  dead: 'failed',
  skipped: 'skipped',
  dismissed: 'failed',
};

/** Deliveries of alerts, newest first; one per receiver and alert with `latestDeliveries`. Where receivers lead is for admins. */
export async function allDeliveries(
  deps: Deps,
  reader: Pick<Identity, 'namespace' | 'role'>,
  alertIds: readonly string[]
): Promise<DeliveryView[]> {
  if (alertIds.length === 0) {
    return [];
  }
  const { namespace } = reader;
  const [jobs, receivers] = await Promise.all([
    deps.store.read.jobs.listBySubject(namespace, NOTIFY, alertIds),
    deps.store.read.receivers.list(namespace),
  ]);
  const kinds = new Map(receivers.map((receiver) => [receiver.name, receiver.kind]));
  return jobs.map((job) => deliveryOf(job, reader, kinds.get(job.queue) ?? 'deleted')).toSorted((a, b) => b.at - a.at);
}

export async function latestDeliveries(
  deps: Deps,
  reader: Pick<Identity, 'namespace' | 'role'>,
  alertIds: readonly string[]
): Promise<DeliveryView[]> {
  const seen = new Set<string>();
  return (await allDeliveries(deps, reader, alertIds)).filter(({ alertId, receiver }) => {
    const key = `${alertId}\n${receiver}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

function deliveryOf(job: Job, { role }: Pick<Identity, 'role'>, receiverKind: string): DeliveryView {
  return {
    alertId: job.subject,
    receiver: job.queue,
    receiverKind,
    kind: parsePayload(job).kind,
    state: STATE[job.state],
    attempts: job.attempts,
    at: job.finishedAt ?? job.createdAt,
    lastError: role === 'admin' || job.lastError === null ? job.lastError : tellFailure(job.lastError),
    nextAttemptAt: job.state === 'queued' ? job.runAt : null,
  };
}
