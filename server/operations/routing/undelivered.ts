import { z } from 'zod';
import * as contract from '../../../src/api/undelivered.ts';
import type { UndeliveredView } from '../../../src/api/undelivered.ts';
import type { Job } from '../../store/jobRepository.ts';
import { change, query, type AuditFacts } from '../operation.ts';

const DEFAULT_LIMIT = 100;

/** The part of a notify job's payload that is shown. */
const payloadSchema = z.object({
  kind: contract.undeliveredSchema.shape.kind,
  alert: contract.undeliveredSchema.pick({ summary: true, severity: true }),
});

export const listUndelivered = query(contract.listUndelivered, async (deps, { identity, now }, { limit, cursor }) => {
  const { namespace } = identity;
  const [page, stats, receivers] = await Promise.all([
    deps.store.read.jobs.listDead(namespace, 'notify', { limit: limit ?? DEFAULT_LIMIT, cursor }),
    deps.store.read.jobs.stats(namespace, 'notify', now),
    deps.store.read.receivers.list(namespace),
  ]);
  const kinds = new Map(receivers.map(({ name, kind }) => [name, kind]));
  const items = page.items.map((job) => view(job, kinds.get(job.queue) ?? 'deleted'));
  return { items, next: page.next, total: stats.dead };
});

function view(job: Job, receiverKind: string): UndeliveredView {
  const { kind, alert } = payloadSchema.parse(job.payload);
  return {
    ...{ id: job.id, receiver: job.queue, receiverKind, kind, alertId: job.subject, ...alert },
    ...{ reason: job.lastError ?? '', at: job.finishedAt ?? job.createdAt },
  };
}

export const resendUndelivered = change(contract.resendUndelivered, async (deps, { tx, identity, now }, { ids }) => {
  const jobs = await deps.pipeline.resend(tx, { ids, identity, now });
  return { output: { count: jobs.length }, audit: facts(jobs, 'queued') };
});

export const dismissUndelivered = change(contract.dismissUndelivered, async (deps, { tx, identity, now }, { ids }) => {
  const jobs = await deps.pipeline.dismiss(tx, { ids, identity, now });
  return { output: { count: jobs.length }, audit: facts(jobs, 'dismissed') };
});

/** Which notifications of which receivers, and what became of them. */
function facts(jobs: readonly Job[], state: Job['state']): AuditFacts {
  const receivers = Object.fromEntries(
    [...Map.groupBy(jobs, ({ queue }) => queue)].map(([name, list]) => [name, list.map(({ id }) => id)])
  );
  const object = jobs.length === 1 ? `notification ${jobs[0]?.id ?? ''}` : `${jobs.length} notifications`;
  return { object, before: { state: 'dead', receivers }, after: { state, receivers } };
}
