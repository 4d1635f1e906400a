import { isMuted } from '../../src/core/alerts/isMuted.ts';
import type { Alert } from '../../src/core/alerts/alert.ts';
import type { Step } from '../../src/core/alerts/episode.ts';
import type { Transition } from '../../src/core/alerts/transition.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { NOTIFY, parsePayload, type NotifyPayload } from '../notifyPayload.ts';
import type { Change } from '../store/changeRepository.ts';
import type { Job, NewJob } from '../store/jobRepository.ts';
import type { StoredTransition, Transaction } from '../store/store.ts';
import type { AlertTrace } from './alertTrace.ts';
import type { Matching } from './matching.ts';
import { announcementOf, notifyJob } from './notifyJob.ts';

export interface CommitContext {
  readonly matching: Matching;
  readonly namespace: string;
  readonly now: EpochMs;
  /** Absent where nothing is traced. */
  readonly trace?: AlertTrace;
}

export interface CommitStep extends Step {
  /** Nothing changed that a page shows; the alert was only renewed. */
  readonly quiet?: boolean;
}

/** Beyond this a page reloads the list anyway. */
const MAX_CHANGE_IDS = 100;

/**
 * Stores what steps of the state machine made of alerts of one namespace: the alerts, their history, the notifications for their
 * receivers, and the changes that live pages wait for. The steps of one alert come in order.
 */
export async function commitSteps(
  tx: Transaction,
  steps: readonly CommitStep[],
  context: CommitContext
): Promise<void> {
  if (steps.length === 0) {
    return;
  }
  const { namespace } = context;
  const alerts = new Map(steps.map(({ alert }) => [alert.id, alert]));
  const rows = steps.flatMap(({ alert, transitions }) => transitions.map((row) => historyRow(row, alert)));
  await tx.alerts.save([...alerts.values()]);
  await tx.history.append(namespace, rows);
  const jobs = await planNotifications(tx, steps, context);
  await tx.jobs.enqueue(jobs);
  await tx.changes.append(namespace, changesOf(steps));
  context.trace?.note({ steps, jobs, startAt: context.now });
}

export const historyRow = (transition: Transition, alert: Alert): Omit<StoredTransition, 'seq'> => ({
  ...transition,
  service: alert.service,
  ruleId: alert.ruleId,
  summary: alert.summary,
});

function changesOf(steps: readonly CommitStep[]): readonly Change[] {
  return changedAlerts(steps.filter(({ quiet }) => quiet !== true).map(({ alert }) => alert.id));
}

/** For pages that show these alerts. */
export function changedAlerts(alertIds: readonly string[]): readonly Change[] {
  const ids = new Set(alertIds);
  return ids.size > MAX_CHANGE_IDS ? [{ topic: 'alerts', id: '' }] : [...ids].map((id) => ({ topic: 'alerts', id }));
}

/**
 * Jobs for the announcements among the steps. Nobody is told of an alert that is suppressed, or that somebody has at this severity.
 * The end of an episode goes to exactly those receivers that were told of it or still are to be told, whatever the routes say by now.
 */
async function planNotifications(
  tx: Transaction,
  steps: readonly Step[],
  { matching, namespace, now }: CommitContext
): Promise<readonly NewJob[]> {
  const announcements = steps.map(announcementOf).filter((payload) => payload !== undefined);
  if (announcements.length === 0) {
    return [];
  }
  const receiversOf = await matching.receivers(tx, namespace);
  const told = await toldReceivers(tx, namespace, announcements);
  const jobs: NewJob[] = [];
  for (const payload of announcements) {
    const { alert } = payload;
    const receivers = payload.kind === 'resolved' ? [...(told.get(alert.id) ?? [])] : receiversToPage(alert);
    told.set(alert.id, new Set([...(told.get(alert.id) ?? []), ...receivers]));
    jobs.push(...receivers.map((receiver) => notifyJob(receiver, payload)));
  }
  return jobs;

  function receiversToPage(alert: Alert): readonly string[] {
    return alert.suppressedBy.length > 0 || isMuted(alert, now) ? [] : receiversOf(alert);
  }
}

const NOT_TOLD: ReadonlyArray<Job['state']> = ['dead', 'skipped', 'dismissed'];

/** By alert, the receivers that heard of the episode or have it in their queue. */
async function toldReceivers(
  tx: Transaction,
  namespace: string,
  announcements: readonly NotifyPayload[]
): Promise<Map<string, ReadonlySet<string>>> {
  const ending = announcements.filter(({ kind }) => kind === 'resolved').map(({ alert }) => alert.id);
  const jobs = ending.length === 0 ? [] : await tx.jobs.listBySubject(namespace, NOTIFY, ending);
  const told = jobs.filter(({ state }) => !NOT_TOLD.includes(state));
  const firing = told.filter((job) => parsePayload(job).kind !== 'resolved');
  const byAlert = Map.groupBy(firing, ({ subject }) => subject);
  return new Map([...byAlert].map(([id, list]) => [id, new Set(list.map(({ queue }) => queue))]));
}
