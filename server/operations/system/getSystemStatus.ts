import * as contract from '../../../src/api/system.ts';
import { isEngineAdmin, type Identity } from '../../../src/core/identity.ts';
import type { Deps } from '../../deps.ts';
import { hours, epochMs, type EpochMs } from '../../../src/core/units.ts';
import type { BackupState } from '../../pipeline/backups.ts';
import type { JobStats } from '../../store/jobRepository.ts';
import type { AlertCounts } from '../../store/store.ts';
import { query } from '../operation.ts';
import { sourceProblem, sourceView } from '../access/sourceView.ts';
import { NOTIFY } from '../../notifyPayload.ts';

/** A delivery that waits longer than this is a problem that a person should know of. */
const OLD_QUEUE_MS = 60_000;

/** Two nights have passed without one. */
const OLD_BACKUP_MS = hours(50);

export const getSystemStatus = query(contract.getSystemStatus, async (deps, { identity, now }) => {
  const { namespace } = identity;
  const [deliveries, alerts, schemaVersion, sizeBytes] = await Promise.all([
    deps.store.read.jobs.stats(namespace, NOTIFY, epochMs(now - hours(1))),
    deps.store.read.alerts.count(namespace, { states: ['firing', 'no_data'] }),
    deps.store.schemaVersion(),
    deps.store.sizeBytes(),
  ]);
  const backups = deps.backups.state();
  const problems = [...findProblems(deps, identity, { deliveries, now }), ...backupProblems(backups, now)];
  return {
    status: problems.length === 0 ? ('ok' as const) : ('degraded' as const),
    problems,
    version: deps.version,
    startedAt: deps.startedAt,
    store: { kind: deps.store.kind, sizeBytes, schemaVersion },
    leadership: leadershipView(deps, identity),
    sources: deps.sources.list(namespace).map((source) => sourceView(source, identity)),
    evaluation: { interval: deps.config.evaluationInterval, ...deps.evaluator.stats(namespace) },
    deliveries: deliveriesView(deliveries),
    alerts: severities(alerts),
    backups: backupsView(backups, isEngineAdmin(identity)),
    memoryBytes: process.memoryUsage.rss(),
  };
});

/** Names of machines are for those who run them. */
const leadershipView = ({ leadership }: Deps, identity: Identity) => ({
  leads: leadership.isLeader(),
  leader: isEngineAdmin(identity) ? leadership.leader() : null,
});

const deliveriesView = (stats: JobStats) => ({
  queued: stats.queued,
  oldestQueuedAt: stats.oldestQueuedAt,
  dead: stats.dead,
  deliveredLastHour: stats.doneSince,
  failedLastHour: stats.failedSince,
});

/** Why one failed names paths of the machine, which is for those who run it. */
const backupsView = ({ backups, nextAt, lastError }: BackupState, isAdmin: boolean) => ({
  nextAt,
  lastAt: backups[0]?.createdAt ?? null,
  lastSizeBytes: backups[0]?.sizeBytes ?? null,
  hasFailed: lastError !== null,
  lastError: isAdmin ? lastError : null,
});

function backupProblems({ backups, nextAt, lastError }: BackupState, now: EpochMs): readonly string[] {
  if (lastError !== null) {
    return ['The last backup failed: an admin sees why in GET /api/v1/backups and in the log'];
  }
  const newest = backups[0]?.createdAt;
  const isOld = nextAt !== null && newest !== undefined && now - newest > OLD_BACKUP_MS;
  return isOld ? [`The newest backup is of ${new Date(newest).toISOString()}`] : [];
}

const severities = ({ bySeverity }: AlertCounts) => ({ ...bySeverity });

function findProblems(
  deps: Deps,
  identity: Identity,
  { deliveries, now }: { deliveries: JobStats; now: EpochMs }
): string[] {
  const { namespace } = identity;
  const sources = deps.sources.list(namespace).flatMap((source) => sourceProblem(source, identity) ?? []);
  const oldest = deliveries.oldestQueuedAt;
  const waiting =
    oldest !== null && now - oldest > OLD_QUEUE_MS
      ? [`${deliveries.queued} notifications are waiting, the oldest since ${new Date(oldest).toISOString()}`]
      : [];
  const missing =
    deps.sources.prometheus(namespace) === undefined ? ['No Prometheus is configured: nothing can be measured'] : [];
  const leaderless =
    deps.leadership.leader() === null
      ? ['No engine is known to lead: thresholds are not evaluated until the database answers again']
      : [];
  return [...leaderless, ...missing, ...sources, ...waiting, ...undelivered(deliveries.dead)];
}

function undelivered(dead: number): readonly string[] {
  const [what, it] = dead === 1 ? ['1 notification was', 'it'] : [`${dead} notifications were`, 'them'];
  return dead === 0
    ? []
    : [`${what} given up: an admin sends ${it} again or dismisses ${it} under Settings, Receivers`];
}
