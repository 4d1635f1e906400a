import type { Deps } from './deps.ts';
import { createSourceGauges } from './sourceGauges.ts';
import { NOTIFY } from './notifyPayload.ts';

const GAUGES_EVERY_MS = 10_000;

type GaugeDeps = Pick<
  Deps,
  'clock' | 'store' | 'log' | 'metrics' | 'evaluator' | 'sources' | 'backups' | 'pipeline' | 'version' | 'leadership'
>;

/** Why the engine is not well; empty when it is. */
type NotReady = () => Promise<readonly string[]>;

/**
 * Figures that are states, not events: read from the store and the parts now and then. They are sums over all namespaces, since
 * `/metrics` names none. @returns what ends that, and waits for a look that runs
 */
export function keepGauges(deps: GaugeDeps, notReady: NotReady): () => Promise<void> {
  const { clock, store, log, metrics } = deps;
  const readEvaluator = evaluatorGauges(deps);
  const readSources = createSourceGauges(deps);
  let cancel = (): void => undefined;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  metrics.build.set({ version: deps.version }, 1);
  const read = async (): Promise<void> => {
    const now = clock.now();
    readEvaluator();
    readBackups(deps);
    metrics.intakeWaiting.set(deps.pipeline.waiting());
    metrics.leader.set(deps.leadership.isLeader() ? 1 : 0);
    metrics.ready.set((await notReady()).length === 0 ? 1 : 0);
    const [jobs, alerts, sizeBytes] = await Promise.all([
      store.read.jobs.backlog(NOTIFY),
      store.read.alerts.countEverywhere(['firing', 'no_data']),
      store.sizeBytes(),
      readSources(),
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
      running = read()
        .catch((error: unknown) => log.warn({ error: String(error) }, 'the gauges of /metrics could not be read'))
        .then(() => {
          if (!stopped) {
            schedule();
          }
        });
    });
  };
  schedule();
  return async () => {
    stopped = true;
    cancel();
    await running;
  };
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

function readBackups({ clock, backups, metrics }: GaugeDeps): void {
  const [newest] = backups.state().backups;
  metrics.backupAge.set(newest === undefined ? Number.NaN : (clock.now() - newest.createdAt) / 1000);
  metrics.backupBytes.set(newest?.sizeBytes ?? 0);
}
