import * as contract from '../../../src/api/undelivered.ts';
import type { UndeliveredView } from '../../../src/api/undelivered.ts';
import type { Job } from '../../store/jobRepository.ts';
import { change, query, type AuditFacts } from '../operation.ts';
import { NOTIFY, parsePayload } from '../../notifyPayload.ts';

const DEFAULT_LIMIT = 100;

export const listUndelivered = query(contract.listUndelivered, async (deps, { identity, now }, { limit, cursor }) => {
  const { namespace } = identity;
  const [page, stats, receivers] = await Promise.all([
    deps.store.read.jobs.listDead(namespace, NOTIFY, { limit: limit ?? DEFAULT_LIMIT, cursor }),
    deps.store.read.jobs.stats(namespace, NOTIFY, now),
    deps.store.read.receivers.list(namespace),
  ]);
  const kinds = new Map(receivers.map(({ name, kind }) => [name, kind]));
  const items = page.items.map((job) => view(job, kinds.get(job.queue) ?? 'deleted'));
  return { items, next: page.next, total: stats.dead };
});

function view(job: Job, receiverKind: string): UndeliveredView {
  const {
    kind,
    alert: { summary, severity },
  } = parsePayload(job);
  return {
    ...{ id: job.id, receiver: job.queue, receiverKind, kind, alertId: job.subject, summary, severity },
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
