import { epochMs, hours } from '../../src/core/units.ts';
import type { Deps } from '../deps.ts';

const EVERY_MS = 10_000;

/** Why the engine is not well; empty when it is. */
type NotReady = () => Promise<readonly string[]>;

export interface Gauges {
  start(): void;
  stop(): void;
}

/** Figures that are states, not events: read now and then. */
export function createGauges(deps: Deps, notReady: NotReady): Gauges {
  const { clock, log, metrics } = deps;
  let stopped = false;
  let cancel = (): void => undefined;
  metrics.build.set({ version: deps.version }, 1);

  const loop = (): void => {
    readGauges(deps, notReady)
      .catch((error: unknown) => log.warn({ error: String(error) }, 'the gauges of /metrics could not be read'))
      .finally(() => {
        if (!stopped) {
          cancel = clock.after(EVERY_MS, loop);
        }
      });
  };

  return {
    start: loop,
    stop: () => {
      stopped = true;
      cancel();
    },
  };
}

/** Reads all of them once. */
export async function readGauges(deps: Deps, notReady: NotReady): Promise<void> {
  const { metrics } = deps;
  setSources(deps);
  setBackups(deps);
  const { rules, late, missed } = deps.evaluator.stats();
  metrics.rules.set(rules);
  metrics.evaluationsLate.set(late);
  metrics.evaluationsMissed.set(missed);
  metrics.intakeWaiting.set(deps.pipeline.waiting());
  metrics.ready.set((await notReady()).length === 0 ? 1 : 0);
  await setFromStore(deps);
}

async function setFromStore({ clock, store, metrics }: Deps): Promise<void> {
  const now = clock.now();
  const [jobs, alerts, size] = await Promise.all([
    store.read.jobs.stats('default', 'notify', epochMs(now - hours(1))),
    store.read.alerts.count('default', { states: ['firing', 'no_data'] }),
    store.sizeBytes(),
  ]);
  metrics.queue.set({ state: 'queued' }, jobs.queued);
  metrics.queue.set({ state: 'dead' }, jobs.dead);
  metrics.queueOldest.set(jobs.oldestQueuedAt === null ? 0 : Math.max(0, now - jobs.oldestQueuedAt) / 1000);
  metrics.storeBytes.set(size ?? 0);
  for (const severity of ['info', 'warning', 'error', 'critical'] as const) {
    metrics.openAlerts.set({ severity }, alerts.bySeverity[severity]);
  }
}

/** Anew each time: a source that was removed must not stay. */
function setSources({ clock, sources, metrics }: Deps): void {
  metrics.sourceUp.reset();
  metrics.sourceStale.reset();
  for (const { name, kind, health } of sources.list('default')) {
    const { status, staleSince } = health();
    metrics.sourceUp.set({ kind, source: name }, status === 'ok' ? 1 : 0);
    metrics.sourceStale.set({ kind, source: name }, staleSince === null ? 0 : (clock.now() - staleSince) / 1000);
  }
}

function setBackups({ clock, backups, metrics }: Deps): void {
  const [newest] = backups.state().backups;
  metrics.backupAge.set(newest === undefined ? Number.NaN : (clock.now() - newest.createdAt) / 1000);
  metrics.backupBytes.set(newest?.sizeBytes ?? 0);
}
