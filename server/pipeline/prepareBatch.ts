import { isMuted } from '../../src/core/alerts/isMuted.ts';
import type { Alert } from '../../src/core/alerts/alert.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { NOTIFY, parsePayload, type NotifyPayload } from '../notifyPayload.ts';
import type { NotifiedAlert } from '../receivers/receiver.ts';
import type { Claim, Job } from '../store/jobRepository.ts';
import type { Repositories, StoredReceiver } from '../store/store.ts';

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
  readonly now: EpochMs;
}

/**
 * The last look before a delivery: whatever was acknowledged, silenced or never told in the meantime is left out, with a reason. Nothing
 * that is not in the claim is added: whoever took a delivery the first time drops its repetition by the id, and would miss it.
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
  const order = new Map(all.map(({ job }, index) => [job.id, index]));
  const byJob = (a: Entry, b: Entry) => (order.get(a.job.id) ?? 0) - (order.get(b.job.id) ?? 0);
  return {
    receiver: facts.receiver,
    alerts: facts.alerts,
    entries: [...sentPages, ...sentEnds].toSorted(byJob),
    skipped: [...pages, ...ends].filter(isSkipped).toSorted(byJob),
  };
}

const isSkipped = (entry: Entry | Skipped): entry is Skipped => 'reason' in entry;

async function readFacts(read: Repositories, claim: Claim, now: EpochMs): Promise<Facts> {
  const { namespace, queue } = claim;
  const ids = [...new Set(claim.jobs.map(({ subject }) => subject))];
  const alerts = await Promise.all(ids.map((id) => read.alerts.get(namespace, id)));
  const found = alerts.filter((alert) => alert !== undefined);
  const jobs = await read.jobs.listBySubject(namespace, NOTIFY, ids);
  const done = jobs.filter((job) => job.queue === queue && job.state === 'done');
  return {
    receiver: await read.receivers.get(namespace, queue),
    alerts: new Map(found.map((alert) => [alert.id, alert])),
    told: new Set(done.filter((job) => parsePayload(job).kind !== 'resolved').map(({ subject }) => subject)),
    now,
  };
}

function judgePage(entry: Entry, facts: Facts): Entry | Skipped {
  const reason = whyNotPage(entry, facts);
  return reason === undefined ? entry : { ...entry, reason };
}

function whyNotPage({ job }: Entry, { receiver, alerts, now }: Facts): string | undefined {
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
  return undefined;
}

function judgeEnd(entry: Entry, { receiver, told }: Facts, isPagedHere: boolean): Entry | Skipped {
  const { job } = entry;
  if (receiver === undefined) {
    return { ...entry, reason: `there is no receiver ${job.queue} any more` };
  }
  return isPagedHere || told.has(job.subject)
    ? entry
    : { ...entry, reason: `${job.queue} was never notified of the alert` };
}

export const toNotifiedAlert = ({ payload }: Entry, publicUrl: string): NotifiedAlert => ({
  alert: payload.alert,
  kind: payload.kind,
  reason: payload.reason,
  at: payload.at,
  url: `${publicUrl}/alerts/${encodeURIComponent(payload.alert.id)}`,
});
