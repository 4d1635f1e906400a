import type { Alert, AlertSource, AlertState } from '../../src/core/alerts/alert.ts';
import type { AlertBrief, Condition, StateLine } from '../../src/core/alerts/replayHistory.ts';
import type { Severity } from '../../src/core/alerts/severity.ts';
import type { Transition, TransitionKind } from '../../src/core/alerts/transition.ts';
import type { Role } from '../../src/core/identity.ts';
import type { Json } from '../../src/core/json.ts';
import type { Route } from '../../src/core/routing/route.ts';
import type { Silence } from '../../src/core/routing/silence.ts';
import type { Threshold, ThresholdVersion } from '../../src/core/thresholds/threshold.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { AuditRepository } from './auditRepository.ts';
import type { ChangeRepository } from './changeRepository.ts';
import type { JobRepository } from './jobRepository.ts';
import type { LeaseRepository } from './lease.ts';
import type { Page, PageRequest } from './page.ts';
import type { SeenRequestRepository } from './seenRequest.ts';
import type { SeenSeriesRepository } from './seenSeriesRepository.ts';
import type { SourceRepository } from './sourceRepository.ts';
import type { ViewRepository } from './viewRepository.ts';

/**
 * The state of the engine. Reads see committed data only; `write` runs one transaction at a time on SQLite (BEGIN IMMEDIATE) and
 * resolves after the commit is durable. Every method takes the namespace first: there is no way to ask without one.
 */
export interface Store {
  readonly kind: 'sqlite' | 'postgres';
  readonly read: Repositories;
  write<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  /** Name of the newest migration applied. */
  schemaVersion(): Promise<string>;
  sizeBytes(): Promise<number | null>;
  /** Throws when the store cannot be written; used by `/ready`. */
  check(): Promise<void>;
  close(): Promise<void>;
}

export interface Repositories {
  readonly alerts: AlertRepository;
  readonly history: HistoryRepository;
  readonly thresholds: ThresholdRepository;
  readonly silences: SilenceRepository;
  readonly views: ViewRepository;
  readonly routes: RouteRepository;
  readonly receivers: ReceiverRepository;
  readonly tokens: TokenRepository;
  readonly sessions: SessionRepository;
  readonly sources: SourceRepository;
  readonly audit: AuditRepository;
  readonly changes: ChangeRepository;
  readonly jobs: JobRepository;
  readonly seenRequests: SeenRequestRepository;
  readonly seenSeries: SeenSeriesRepository;
  readonly leases: LeaseRepository;
}

/** The same repositories inside a transaction; methods that write exist on both, but throw outside a transaction. */
export type Transaction = Repositories;

export interface AlertFilter {
  readonly states: readonly AlertState[];
  readonly severities?: readonly Severity[] | undefined;
  readonly services?: readonly string[] | undefined;
  readonly teams?: readonly string[] | undefined;
  readonly sources?: readonly AlertSource[] | undefined;
  /** By the label `owner`. */
  readonly owners?: readonly string[] | undefined;
  readonly ruleId?: string | undefined;
  readonly acknowledged?: boolean | undefined;
  readonly suppressed?: boolean | undefined;
  /** Every word must stand in summary, service or labels, ignoring case; `name=value` is one label exactly. */
  readonly q?: string | undefined;
}

export interface AlertCounts {
  readonly total: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly unacknowledged: number;
  readonly oldestUnacknowledgedAt: EpochMs | null;
}

export interface OpenFilter {
  readonly source?: AlertSource;
  readonly ruleId?: string;
  readonly service?: string;
}

/** As much of an open alert as the health of its service depends on. */
export type StandingAlert = Pick<Alert, 'id' | 'service' | 'state' | 'severity' | 'summary' | 'startsAt'>;

export interface AlertRepository {
  get(namespace: string, id: string): Promise<Alert | undefined>;
  /** Open alerts (not resolved) by source and fingerprint; order as stored. At most 1,000 fingerprints a call. */
  findOpen(namespace: string, source: AlertSource, fingerprints: readonly string[]): Promise<readonly Alert[]>;
  /**
   * Every open alert, by pages between which other work has its turn. Outside a transaction it may change meanwhile: what opened or
   * ended since the first page may be there or not.
   */
  openPages(namespace: string, filter?: OpenFilter): AsyncIterable<readonly Alert[]>;
  /** The same in one list; read by pages too. */
  listOpen(namespace: string, filter?: OpenFilter): Promise<readonly Alert[]>;
  /** Open alerts that have fired or lack data; read by pages too. */
  listStanding(namespace: string): Promise<readonly StandingAlert[]>;
  /** Most urgent first: severity, unacknowledged before acknowledged, oldest first, id. */
  list(namespace: string, filter: AlertFilter, page: PageRequest): Promise<Page<Alert>>;
  count(namespace: string, filter: AlertFilter): Promise<AlertCounts>;
  /** Open alerts in one of the states, over all namespaces. */
  countEverywhere(states: readonly AlertState[]): Promise<AlertCounts>;
  /**
   * Those that began by `to`, when given, and are open or were resolved at `from` or later: all that can have been open in between. At
   * most `limit` of each, the last ended ones.
   */
  during(
    namespace: string,
    request: {
      from: EpochMs;
      to?: EpochMs;
      filter: Pick<AlertFilter, 'services' | 'owners' | 'sources'>;
      limit: number;
    }
  ): Promise<readonly AlertBrief[]>;
  /** Open, firing or no_data, counted by service and severity. */
  countByService(namespace: string): Promise<ReadonlyArray<{ service: string; severity: Severity; count: number }>>;
  /** Open alerts in one of the states; the team is empty where nobody said. */
  countByTeam(
    namespace: string,
    states: readonly AlertState[]
  ): Promise<ReadonlyArray<{ team: string; count: number }>>;
  /** Those that have alerts. */
  namespaces(): Promise<readonly string[]>;
  /** Inserts or replaces by id. Bulk. */
  save(alerts: readonly Alert[]): Promise<void>;
  /**
   * Over all namespaces, longest due first: open alerts, not yet stale, whose `endsAt` has passed (pushed ones), or whose
   * acknowledgement lapsed.
   */
  due(now: EpochMs, page: PageRequest): Promise<Page<Alert>>;
  /** Deletes at most `limit` alerts resolved before the time; returns how many. Their history has its own retention. */
  prune(before: EpochMs, limit: number): Promise<number>;
}

export interface StoredTransition extends Transition {
  readonly seq: number;
  readonly service: string;
  readonly ruleId: string;
  readonly summary: string;
}

export interface HistoryFilter {
  readonly from?: EpochMs | undefined;
  readonly to?: EpochMs | undefined;
  readonly service?: string | undefined;
  /** Any of these; none means any. */
  readonly services?: readonly string[] | undefined;
  readonly ruleId?: string | undefined;
  readonly actor?: string | undefined;
  readonly alertId?: string | undefined;
  readonly kinds?: readonly TransitionKind[] | undefined;
}

export interface HistoryRepository {
  append(namespace: string, rows: ReadonlyArray<Omit<StoredTransition, 'seq'>>): Promise<void>;
  /** Newest first. */
  list(namespace: string, filter: HistoryFilter, page: PageRequest): Promise<Page<StoredTransition>>;
  /** What alerts came to be after `after` and up to `upTo`; newest first, at most `limit`. */
  stateLines(namespace: string, range: { after: EpochMs; upTo: EpochMs; limit: number }): Promise<readonly StateLine[]>;
  /** How each of the alerts stood at the time, by its last line up to then; those without one are not there. */
  lastConditions(namespace: string, ids: readonly string[], upTo: EpochMs): Promise<ReadonlyMap<string, Condition>>;
  /** What each of the alerts said at the time, by the same line. */
  lastSummaries(namespace: string, ids: readonly string[], upTo: EpochMs): Promise<ReadonlyMap<string, string>>;
  /** When its first line that is kept was written; null where there is none. */
  beginsAt(namespace: string): Promise<EpochMs | null>;
  /** Deletes at most `limit` rows older than the time; returns how many. */
  prune(before: EpochMs, limit: number): Promise<number>;
}

export interface ThresholdRepository {
  list(namespace: string): Promise<readonly Threshold[]>;
  get(namespace: string, id: string): Promise<Threshold | undefined>;
  /** All namespaces, for the evaluator. */
  listAll(): Promise<readonly Threshold[]>;
  save(thresholds: readonly Threshold[]): Promise<void>;
  delete(namespace: string, id: string): Promise<void>;
  appendVersions(namespace: string, versions: readonly ThresholdVersion[]): Promise<void>;
  /** Newest first. */
  versions(namespace: string, thresholdId: string): Promise<readonly ThresholdVersion[]>;
}

export interface SilenceRepository {
  get(namespace: string, id: string): Promise<Silence | undefined>;
  /** Newest end first. */
  list(namespace: string, page: PageRequest & { endsAfter?: EpochMs }): Promise<Page<Silence>>;
  /** Not yet expired, all namespaces. */
  listLive(now: EpochMs): Promise<readonly Silence[]>;
  save(silence: Silence): Promise<void>;
}

export interface RouteTable {
  readonly routes: readonly Route[];
  readonly version: number;
  readonly updatedAt: EpochMs | null;
  readonly updatedBy: string;
}

export interface RouteRepository {
  /** Version 0 and no routes when none were ever set. */
  get(namespace: string): Promise<RouteTable>;
  save(namespace: string, table: RouteTable): Promise<void>;
}

export interface StoredReceiver {
  readonly namespace: string;
  readonly name: string;
  readonly kind: 'webhook' | 'slack' | 'email' | 'pagerduty';
  /** Settings that are no secret. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Encrypted JSON object of the secret settings; see `server/secrets.ts`. */
  readonly secrets: string;
  readonly updatedAt: EpochMs;
  readonly updatedBy: string;
  readonly testedAt: EpochMs | null;
  readonly lastDeliveryAt: EpochMs | null;
  readonly lastDeliveryError: string | null;
}

export interface ReceiverRepository {
  list(namespace: string): Promise<readonly StoredReceiver[]>;
  /** All namespaces, for the start of the engine and the doctor. */
  listAll(): Promise<readonly StoredReceiver[]>;
  get(namespace: string, name: string): Promise<StoredReceiver | undefined>;
  save(receiver: StoredReceiver): Promise<void>;
  delete(namespace: string, name: string): Promise<void>;
}

export interface StoredToken {
  readonly namespace: string;
  readonly id: string;
  readonly name: string;
  readonly scope: 'intake' | 'read' | 'write' | 'admin';
  /** SHA-256 of the secret, hex. */
  readonly hash: string;
  readonly createdAt: EpochMs;
  readonly createdBy: string;
  readonly lastUsedAt: EpochMs | null;
  readonly revokedAt: EpochMs | null;
}

export interface TokenRepository {
  list(namespace: string): Promise<readonly StoredToken[]>;
  /** Over all namespaces: the token decides the namespace. Revoked ones are not found. */
  findByHash(hash: string): Promise<StoredToken | undefined>;
  save(token: StoredToken): Promise<void>;
  /** Rounded to the minute by the caller, so that reads do not write each time. */
  touch(hash: string, at: EpochMs): Promise<void>;
}

export interface StoredSession {
  readonly namespace: string;
  readonly id: string;
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly userAgent: string;
  readonly createdAt: EpochMs;
  readonly lastSeenAt: EpochMs;
  /** Absolute end; idle end follows from `lastSeenAt`. */
  readonly expiresAt: EpochMs;
}

export interface StoredLoginLink {
  readonly namespace: string;
  readonly hash: string;
  readonly name: string;
  readonly role: Role;
  readonly expiresAt: EpochMs;
}

export interface SessionRepository {
  list(namespace: string, now: EpochMs): Promise<readonly StoredSession[]>;
  findByHash(hash: string): Promise<StoredSession | undefined>;
  save(session: StoredSession): Promise<void>;
  delete(namespace: string, id: string): Promise<boolean>;
  saveLink(link: StoredLoginLink): Promise<void>;
  /** In whatever namespace it is. */
  findById(id: string): Promise<StoredSession | undefined>;
  /** Takes the link out, one that has expired too: a second call with the same hash finds nothing. */
  consumeLink(hash: string): Promise<StoredLoginLink | undefined>;
  /** Deletes sessions and links past their end. */
  prune(now: EpochMs): Promise<void>;
}
