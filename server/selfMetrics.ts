import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

/** Figures by which an operator sees that the engine itself is well. */
export interface SelfMetrics {
  readonly build: Gauge<'version'>;
  readonly ready: Gauge;
  readonly leader: Gauge;
  readonly intakeSeconds: Histogram;
  readonly intakeWaiting: Gauge;
  readonly backupAge: Gauge;
  readonly backupBytes: Gauge;
  readonly backups: Counter<'outcome'>;
  readonly heartbeats: Counter<'outcome'>;
}

/** From an fsync of a good disk to what senders give up at. */
const COMMIT_BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

export function createSelfMetrics(registry: Registry): SelfMetrics {
  const registers = [registry];
  const gauge = (name: string, help: string): Gauge => new Gauge({ name, help, registers });
  const byOutcome = (name: string, help: string): Counter<'outcome'> =>
    new Counter({ name, help, labelNames: ['outcome'], registers });
  const buckets = { buckets: COMMIT_BUCKETS, registers };
  return {
    build: new Gauge({
      ...{ name: 'pharos_build_info', help: 'Always 1; the label is the version of the engine.', registers },
      labelNames: ['version'],
    }),
    ready: gauge('pharos_ready', '1 when the store can be written and the job loop runs, else 0.'),
    leader: gauge('pharos_leader', '1 when this engine evaluates thresholds; of several on one database one does.'),
    intakeSeconds: new Histogram({
      name: 'pharos_intake_duration_seconds',
      help: 'From taking alerts in to their commit.',
      ...buckets,
    }),
    intakeWaiting: gauge('pharos_intake_waiting_alerts', 'Alerts that wait for a commit.'),
    backupAge: gauge('pharos_backup_age_seconds', 'Age of the newest backup; NaN when there is none.'),
    backupBytes: gauge('pharos_backup_size_bytes', 'Size of the newest backup; 0 when there is none.'),
    backups: byOutcome('pharos_backups_total', 'Backups that this engine made or failed to make.'),
    heartbeats: byOutcome(
      'pharos_heartbeats_total',
      'Signs of life to PHAROS_HEARTBEAT_URL: sent, failed, or withheld because the engine is not ready.'
    ),
  };
}
