import type { TransitionKind } from '../../src/core/alerts/transition.ts';
import { sinceMs, type EpochMs } from '../../src/core/units.ts';
import { backoff, isExhausted } from '../jobs/backoff.ts';
import type { DeliveryResult } from '../receivers/receiver.ts';
import { shortfallOf } from '../receivers/shortfallOf.ts';
import type { Claim } from '../store/jobRepository.ts';
import type { StoredTransition, Transaction } from '../store/store.ts';
import { changedAlerts, historyRow } from './commitSteps.ts';
import type { Batch, Entry } from './prepareBatch.ts';

export interface Outcome {
  readonly claim: Claim;
  readonly batch: Batch;
  /** Undefined when nothing was left to send. */
  readonly result: DeliveryResult | undefined;
  readonly now: EpochMs;
}

type Row = Omit<StoredTransition, 'seq'>;

/**
 * Writes what became of a claim: the jobs, a line of history for each alert, the receiver's last result.
 * @returns false, with nothing written, when another worker has taken the claim over
 */
export async function recordDelivery(tx: Transaction, outcome: Outcome, random: () => number): Promise<boolean> {
  const { claim, batch, result } = outcome;
  const verdict = judge(outcome, random);
  if (!(await settle(tx, outcome, verdict))) {
    return false;
  }
  const rows = [
    ...batch.entries.map((entry) => row(outcome, entry, verdict)),
    ...(verdict.kind === 'notification_retried' ? [] : batch.skipped.map((entry) => skippedRow(outcome, entry))),
  ];
  await tx.history.append(claim.namespace, rows);
  await noteOnReceiver(tx, outcome, result);
  await tx.changes.append(claim.namespace, [
    ...changedAlerts(rows.map(({ alertId }) => alertId)),
    { topic: 'receivers', id: claim.queue },
  ]);
  return true;
}

interface Verdict {
  readonly kind: Extract<TransitionKind, 'notified' | 'notification_retried' | 'notification_failed'>;
  readonly reason: string;
  readonly retryAt: EpochMs;
  readonly attempt: number;
}

function judge({ claim, result, now }: Outcome, random: () => number): Verdict {
  const attempt = Math.max(...claim.jobs.map(({ attempts }) => attempts)) + 1;
  const base = { attempt, retryAt: now };
  if (result === undefined || result.ok) {
    return { ...base, kind: 'notified', reason: `sent to ${claim.queue}: ${result?.message ?? ''}` };
  }
  const age = sinceMs(
    claim.jobs.map(({ createdAt }) => createdAt).reduce((a, b) => (a < b ? a : b), now),
    now
  );
  if (!result.retryable) {
    return { ...base, kind: 'notification_failed', reason: `${claim.queue} could not be notified: ${result.message}` };
  }
  if (isExhausted(attempt, age)) {
    const reason = `gave up on ${claim.queue} after ${attempt} attempts: ${result.message}`;
    return { ...base, kind: 'notification_failed', reason };
  }
  const wait = backoff(attempt - 1, result.retryAfterMs, random);
  const retryAt = (now + wait) as EpochMs;
  const reason = `${claim.queue} could not be notified and is retried: ${result.message}`;
  return { ...base, retryAt, kind: 'notification_retried', reason };
}

function settle(tx: Transaction, { claim, batch, now }: Outcome, verdict: Verdict): Promise<boolean> {
  const sent = new Set(batch.entries.map(({ job }) => job.id));
  const skippedIds = batch.skipped.map(({ job }) => job.id).filter((id) => !sent.has(id));
  switch (verdict.kind) {
    case 'notified':
      return tx.jobs.complete(claim, now, { skippedIds });
    case 'notification_retried':
      return tx.jobs.retry(claim, verdict.retryAt, verdict.reason);
    case 'notification_failed':
      return tx.jobs.bury(claim, now, { error: verdict.reason, skippedIds });
  }
}

function row(outcome: Outcome, entry: Entry, { kind, reason, attempt }: Verdict): Row {
  return lineOf(outcome, entry, { kind, reason, attempt: String(attempt) });
}

const skippedRow = (outcome: Outcome, entry: Entry & { readonly reason: string }): Row =>
  lineOf(outcome, entry, {
    kind: 'notification_skipped',
    reason: `${outcome.claim.queue} was not notified: ${entry.reason}`,
    attempt: String(entry.job.attempts + 1),
  });

function lineOf(
  { claim, batch, now }: Outcome,
  { job, payload }: Entry,
  line: { kind: TransitionKind; reason: string; attempt: string }
): Row {
  const alert = batch.alerts.get(job.subject) ?? payload.alert;
  const { id: alertId, state } = alert;
  const detail = { receiver: claim.queue, kind: payload.kind, attempt: line.attempt, delivery: claim.batchId };
  return historyRow(
    {
      ...{ alertId, at: now, kind: line.kind, from: state, to: state, severity: payload.alert.severity },
      ...{ actor: 'engine', reason: line.reason, value: payload.alert.value, detail },
    },
    alert
  );
}

async function noteOnReceiver(
  tx: Transaction,
  { claim, now }: Outcome,
  result: DeliveryResult | undefined
): Promise<void> {
  // Read again: somebody may have changed its settings while the message was on its way.
  const receiver = result === undefined ? undefined : await tx.receivers.get(claim.namespace, claim.queue);
  if (receiver !== undefined && result !== undefined) {
    await tx.receivers.save({ ...receiver, lastDeliveryAt: now, lastDeliveryError: shortfallOf(result) });
  }
}
