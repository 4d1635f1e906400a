import { isMuted } from '../../src/core/alerts/isMuted.ts';
import type { Alert } from '../../src/core/alerts/alert.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { NotifiedAlert } from '../receivers/receiver.ts';
import type { Claim, Job, Repositories, StoredReceiver } from '../store/store.ts';
import { NOTIFY, parsePayload, type NotifyPayload } from './notifyJob.ts';

/** One line of a delivery, with the job that asked for it. */
export interface Entry {
  readonly job: Job;
  readonly payload: NotifyPayload;
}

export interface Skipped extends Entry {
  readonly reason: string;
}

/** What is left of a claim after a last look at the alerts. */
export interface Batch {
  readonly receiver: StoredReceiver | undefined;
  readonly entries: readonly Entry[];
  readonly skipped: readonly Skipped[];
  /** The alerts as they stand now, for the history. */
  readonly alerts: ReadonlyMap<string, Alert>;
}

interface Facts {
  readonly receiver: StoredReceiver | undefined;
  readonly alerts: ReadonlyMap<string, Alert>;
  /** Alerts of which this receiver heard in an earlier delivery. */
  readonly told: ReadonlySet<string>;
  /** Alerts whose end this receiver heard of already. */
  readonly toldOfEnd: ReadonlySet<string>;
  readonly now: EpochMs;
}

/**
 * The last look before a delivery: whatever was acknowledged, silenced or never told in the meantime is left out, with a reason. An
 * alert that ended while its message waited is told with its end in the same delivery, so that nobody is paged for what is over.
 */
export async function prepareBatch(read: Repositories, claim: Claim, now: EpochMs): Promise<Batch> {
  const all = claim.jobs.map((job): Entry => ({ job, payload: parsePayload(job) }));
  const facts = await readFacts(read, claim, now);
  const pages = all.filter(({ payload }) => payload.kind !== 'resolved').map((entry) => judgePage(entry, facts));
  const sentPages = pages.filter((entry) => !isSkipped(entry));
  const paged = new Set(sentPages.map(({ job }) => job.subject));
  const ends = all
    .filter(({ payload }) => payload.kind === 'resolved')
    .map((entry) => judgeEnd(entry, facts, paged.has(entry.job.subject)));
  const sentEnds = ends.filter((entry) => !isSkipped(entry));
  const ended = new Set(sentEnds.map(({ job }) => job.subject));
  const early = earlyEnds(sentPages, facts, ended);
  const order = new Map(all.map(({ job }, index) => [job.id, index]));
  const byJob = (a: Entry, b: Entry) => (order.get(a.job.id) ?? 0) - (order.get(b.job.id) ?? 0);
  return {
    receiver: facts.receiver,
    alerts: facts.alerts,
    entries: [...[...sentPages, ...sentEnds].toSorted(byJob), ...early],
    skipped: [...pages, ...ends].filter(isSkipped).toSorted(byJob),
  };
}

const isSkipped = (entry: Entry | Skipped): entry is Skipped => 'reason' in entry;

async function readFacts(read: Repositories, claim: Claim, now: EpochMs): Promise<Facts> {
  const { namespace, queue } = claim;
  const ids = [...new Set(claim.jobs.map(({ subject }) => subject))];
  const alerts = await Promise.all(ids.map((id) => read.alerts.get(namespace, id)));
  const found = alerts.filter((alert) => alert !== undefined);
  const resolved = found.filter(({ state }) => state === 'resolved').map(({ id }) => id);
  const jobs = await read.jobs.listBySubject(namespace, NOTIFY, ids);
  const done = jobs.filter((job) => job.queue === queue && job.state === 'done');
  const ends = await Promise.all(resolved.map((id) => wasToldOfEnd(read, claim, id)));
  return {
    receiver: await read.receivers.get(namespace, queue),
    alerts: new Map(found.map((alert) => [alert.id, alert])),
    told: new Set(done.filter((job) => parsePayload(job).kind !== 'resolved').map(({ subject }) => subject)),
    toldOfEnd: new Set(resolved.filter((_, index) => ends[index])),
    now,
  };
}

/** An end may have been told together with a late page, before its own job came up: only the history knows. */
async function wasToldOfEnd(read: Repositories, { namespace, queue }: Claim, alertId: string): Promise<boolean> {
  const rows = await read.history.list(namespace, { alertId, kinds: ['notified'] }, { limit: 100 });
  return rows.items.some(({ detail }) => detail['receiver'] === queue && detail['kind'] === 'resolved');
}

function judgePage(entry: Entry, facts: Facts): Entry | Skipped {
  const reason = whyNotPage(entry, facts);
  return reason === undefined ? entry : { ...entry, reason };
}

function whyNotPage({ job }: Entry, { receiver, alerts, toldOfEnd, now }: Facts): string | undefined {
  const alert = alerts.get(job.subject);
  if (receiver === undefined) {
    return `there is no receiver ${job.queue} any more`;
  }
  if (alert === undefined) {
    return 'the alert is gone';
  }
  if (isMuted(alert, now)) {
    return `acknowledged by ${alert.acknowledged?.by ?? 'somebody'} before it was sent`;
  }
  if (alert.suppressedBy.length > 0) {
    return `suppressed by ${alert.suppressedBy.map(({ kind, id }) => `${kind} ${id}`).join(', ')} before it was sent`;
  }
  return toldOfEnd.has(job.subject) ? 'its end was told already' : undefined;
}

function judgeEnd(entry: Entry, { receiver, told, toldOfEnd }: Facts, isPagedHere: boolean): Entry | Skipped {
  const { job } = entry;
  if (receiver === undefined) {
    return { ...entry, reason: `there is no receiver ${job.queue} any more` };
  }
  if (toldOfEnd.has(job.subject)) {
    return { ...entry, reason: 'its end was told already' };
  }
  return isPagedHere || told.has(job.subject)
    ? entry
    : { ...entry, reason: `${job.queue} was never told of the alert` };
}

/** Ends of alerts that are paged late here, but whose own job is not in this claim. */
function earlyEnds(pages: readonly Entry[], { alerts }: Facts, ended: ReadonlySet<string>): readonly Entry[] {
  const late = new Map<string, Entry>();
  for (const { job } of pages) {
    const alert = alerts.get(job.subject);
    if (alert?.state === 'resolved' && !ended.has(alert.id)) {
      const reason = `resolved by ${alert.resolvedBy ?? 'its source'} before this could be sent`;
      late.set(alert.id, {
        job,
        payload: { kind: 'resolved', reason, at: alert.resolvedAt ?? alert.updatedAt, alert },
      });
    }
  }
  return [...late.values()];
}

export const toNotifiedAlert = ({ payload }: Entry, publicUrl: string): NotifiedAlert => ({
  alert: payload.alert,
  kind: payload.kind,
  reason: payload.reason,
  at: payload.at,
  url: `${publicUrl}/alerts/${encodeURIComponent(payload.alert.id)}`,
});
