import { z } from 'zod';
import type { DeliveryView } from '../../../src/api/alerts.ts';
import type { Deps } from '../../deps.ts';
import type { Job } from '../../store/jobRepository.ts';

/** The part of a notify job's payload that is shown. */
const payloadSchema = z.object({ kind: z.enum(['fired', 'severity_raised', 'no_data', 'resolved']) });

const STATE: Readonly<Record<Job['state'], DeliveryView['state']>> = {
  queued: 'queued',
  running: 'sending',
  done: 'delivered',
  dead: 'failed',
  skipped: 'skipped',
  dismissed: 'failed',
};

/** Deliveries of alerts, newest first; one per receiver and alert with `latestDeliveries`. */
export async function allDeliveries(
  deps: Deps,
  namespace: string,
  alertIds: readonly string[]
): Promise<DeliveryView[]> {
  if (alertIds.length === 0) {
    return [];
  }
  const [jobs, receivers] = await Promise.all([
    deps.store.read.jobs.listBySubject(namespace, 'notify', alertIds),
    deps.store.read.receivers.list(namespace),
  ]);
  const kinds = new Map(receivers.map((receiver) => [receiver.name, receiver.kind]));
  return jobs
    .flatMap((job) => {
      const payload = payloadSchema.safeParse(job.payload);
      return payload.success ? [deliveryOf(job, payload.data.kind, kinds.get(job.queue) ?? 'deleted')] : [];
    })
    .toSorted((a, b) => b.at - a.at);
}

export async function latestDeliveries(
  deps: Deps,
  namespace: string,
  alertIds: readonly string[]
): Promise<DeliveryView[]> {
  const seen = new Set<string>();
  return (await allDeliveries(deps, namespace, alertIds)).filter(({ alertId, receiver }) => {
    const key = `${alertId}\n${receiver}`;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}

function deliveryOf(job: Job, kind: DeliveryView['kind'], receiverKind: string): DeliveryView {
  return {
    alertId: job.subject,
    receiver: job.queue,
    receiverKind,
    kind,
    state: STATE[job.state],
    attempts: job.attempts,
    at: job.finishedAt ?? job.createdAt,
    lastError: job.lastError,
    nextAttemptAt: job.state === 'queued' ? job.runAt : null,
  };
}
