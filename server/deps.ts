import type { Logger } from 'pino';
import type { ServiceHealth } from '../src/core/services/service.ts';
import type { CompileRegex } from '../src/core/matchers.ts';
import type { AgeSignal, SignalName } from '../src/core/signals/catalogue.ts';
import type { DurationMs, EpochMs } from '../src/core/units.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { AuditNotes } from './http/auditNotes.ts';
import type { IntakeBound } from './http/intakeBound.ts';
import type { Leadership } from './jobs/leadership.ts';
import type { Metrics } from './metrics.ts';
import type { ChangePolls } from './operations/system/changePolls.ts';
import type { Backups } from './pipeline/backups.ts';
import type { Delivery, Evaluator, Pipeline } from './pipeline/pipeline.ts';
import type { DeliveryResult, Notification } from './receivers/receiver.ts';
import type { Secrets } from './secrets.ts';
import type { Sources } from './sources/source.ts';
import type { Store, StoredReceiver } from './store/store.ts';
import type { TraceCache } from './traceCache.ts';

/** A service as discovery last saw it; refreshed in the background, so that reading costs nothing. */
export interface DiscoveredService {
  readonly name: string;
  readonly health: ServiceHealth;
  readonly requestRate: number | null;
  readonly errorRatio: number | null;
  readonly latencyP95: number | null;
  readonly trends: Readonly<
    Record<
      'requestRate' | 'errorRatio' | 'latencyP95',
      { readonly times: readonly EpochMs[]; readonly values: readonly number[] }
    >
  >;
  readonly signals: readonly SignalName[];
  readonly versions: readonly string[];
  readonly dependsOn: readonly string[];
  readonly newestSampleAt: EpochMs | null;
  readonly newestLogAt: EpochMs | null;
  readonly newestSpanAt: EpochMs | null;
}

/** The newest data of one kind, by service. */
export interface NewestData {
  /** When the source was last asked with success. */
  readonly askedAt: EpochMs;
  /** How often it is asked. */
  readonly every: DurationMs;
  readonly byService: ReadonlyMap<string, EpochMs>;
}

export interface Discovery {
  services(namespace: string): readonly DiscoveredService[];
  asOf(namespace: string): EpochMs | null;
  /** PromQL for a signal over the metrics that the namespace's source has, of one service or all; undefined when it has none. */
  signalExpr(namespace: string, signal: SignalName, service?: string): string | undefined;
  /** PromQL for the versions of a service, one series each with the label `version`; undefined when no metric tells. */
  versionsExpr(namespace: string, service: string): string | undefined;
  /** What the ages of a kind are counted from; undefined where there is no such source, or none that ever answered. */
  newest(namespace: string, signal: AgeSignal): NewestData | undefined;
  start(): void;
  stop(): Promise<void>;
}

export interface ReceiverSender {
  /** Sends now, outside the queue; never throws. */
  send(receiver: StoredReceiver, notification: Notification, signal: AbortSignal): Promise<DeliveryResult>;
}

/** What every operation gets. Everything that touches the world comes in here. */
export interface Deps {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Logger;
  readonly store: Store;
  readonly leadership: Pick<Leadership, 'isLeader' | 'leader'>;
  readonly secrets: Secrets;
  readonly pipeline: Pipeline;
  readonly evaluator: Evaluator;
  readonly delivery: Pick<Delivery, 'lookedAt'>;
  readonly discovery: Discovery;
  readonly sources: Sources;
  readonly sender: ReceiverSender;
  readonly backups: Pick<Backups, 'state' | 'run'>;
  readonly metrics: Metrics;
  readonly intakeBound: IntakeBound;
  readonly auditNotes: AuditNotes;
  readonly traceCache: TraceCache;
  readonly changePolls: ChangePolls;
  readonly compileRegex: CompileRegex;
  /** URL-safe random text of `bytes` bytes. */
  readonly randomId: (bytes: number) => string;
  readonly startedAt: EpochMs;
  readonly version: string;
}
