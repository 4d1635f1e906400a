import type { Deps } from './deps.ts';
import type { Source, SourceHealth } from './sources/source.ts';

const GAUGES_EVERY_MS = 10_000;

type GaugeDeps = Pick<
  Deps,
  'clock' | 'store' | 'log' | 'metrics' | 'evaluator' | 'sources' | 'backups' | 'pipeline' | 'version' | 'leadership'
>;

/** Why the engine is not well; empty when it is. */
type NotReady = () => Promise<readonly string[]>;

/**
 * Figures that are states, not events: read from the store and the parts now and then. They are sums over all namespaces, since
 * `/metrics` names none. @returns what ends that
 */
export function keepGauges(deps: GaugeDeps, notReady: NotReady): () => void {
  const { clock, store, log, metrics } = deps;
  const readEvaluator = evaluatorGauges(deps);
  let cancel = (): void => undefined;
  metrics.build.set({ version: deps.version }, 1);
  const read = async (): Promise<void> => {
    const now = clock.now();
    readEvaluator();
    readSources(deps);
    readBackups(deps);
    metrics.intakeWaiting.set(deps.pipeline.waiting());
    metrics.leader.set(deps.leadership.isLeader() ? 1 : 0);
    metrics.ready.set((await notReady()).length === 0 ? 1 : 0);
    const [jobs, alerts, sizeBytes] = await Promise.all([
      store.read.jobs.backlog('notify'),
      store.read.alerts.countEverywhere(['firing', 'no_data']),
      store.sizeBytes(),
    ]);
    metrics.queue.set({ state: 'queued' }, jobs.queued);
    metrics.queue.set({ state: 'dead' }, jobs.dead);
    metrics.queueOldestAge.set((now - (jobs.oldestQueuedAt ?? now)) / 1000);
    if (sizeBytes !== null) {
      metrics.storeBytes.set(sizeBytes);
    }
    for (const severity of ['info', 'warning', 'error', 'critical'] as const) {
      metrics.openAlerts.set({ severity }, alerts.bySeverity[severity]);
    }
  };
  const schedule = (): void => {
    cancel = clock.after(GAUGES_EVERY_MS, () => {
      read()
        .catch((error: unknown) => log.warn({ error: String(error) }, 'the gauges of /metrics could not be read'))
        .finally(schedule);
    });
  };
  schedule();
  return () => cancel();
}

/** The evaluator counts by itself: the counters grow by what was added since the look before. */
function evaluatorGauges({ evaluator, metrics }: GaugeDeps): () => void {
  let before = { late: 0, missed: 0 };
  return () => {
    const { late, missed, rules } = evaluator.stats();
    metrics.evaluationsLate.inc(late - before.late);
    metrics.evaluationsMissed.inc(missed - before.missed);
    metrics.rules.set(rules);
    before = { late, missed };
  };
}

function readSources({ sources, metrics, clock }: GaugeDeps): void {
  metrics.sourceUp.reset();
  metrics.sourceStale.reset();
  const asked = sources
    .everywhere()
    .map(({ source }) => source)
    .filter((source) => source.health().status !== 'unknown');
  for (const alike of Map.groupBy(asked, ({ kind, name }) => JSON.stringify([kind, name])).values()) {
    const healths = worthCounting(alike);
    const staleSince = Math.min(...healths.map((health) => health.staleSince ?? clock.now()));
    for (const { name, kind } of alike.slice(0, 1)) {
      const labels = { source: name, kind };
      metrics.sourceUp.set(labels, healths.some(({ status }) => status === 'down') ? 0 : 1);
      metrics.sourceStale.set(labels, (clock.now() - staleSince) / 1000);
    }
  }
}

/**
 * Of sources with the same labels, in several namespaces, the worst one counts. But one that has never answered would be the worst
 * for ever, and hide the loss of another: it counts only where none ever answered.
 */
function worthCounting(alike: readonly Source[]): readonly SourceHealth[] {
  const healths = alike.map((source) => source.health());
  const answered = healths.filter(({ latencyMs }) => latencyMs !== null);
  return answered.length > 0 ? answered : healths;
}

function readBackups({ clock, backups, metrics }: GaugeDeps): void {
  const [newest] = backups.state().backups;
  metrics.backupAge.set(newest === undefined ? Number.NaN : (clock.now() - newest.createdAt) / 1000);
  metrics.backupBytes.set(newest?.sizeBytes ?? 0);
}
