import type { Generated } from 'kysely';
import type { AlertSource, AlertState } from '../../src/core/alerts/alert.ts';
import type { Severity } from '../../src/core/alerts/severity.ts';
import type { TransitionKind } from '../../src/core/alerts/transition.ts';
import type { Role } from '../../src/core/identity.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { AuditEntry } from './auditRepository.ts';
import type { JobState } from './jobRepository.ts';
import type { StoredSource } from './sourceRepository.ts';
import type { StoredReceiver, StoredToken } from './store.ts';

/** 0 or 1: SQLite has no booleans, and both databases hold the same. */
export type Flag = 0 | 1;
/** JSON as text; only the codec of its repository reads it. */
type JsonText = string;

export interface AlertRow {
  namespace: string;
  id: string;
  fingerprint: string;
  source: AlertSource;
  state: AlertState;
  severity: Severity;
  severity_mapped_from: string | null;
  /** Position in lists: twice the distance from the highest severity, plus one when acknowledged. */
  urgency: number;
  acknowledged: JsonText | null;
  is_acknowledged: Flag;
  suppressed_by: JsonText;
  /** Canonical JSON, so that one label can be found as text. */
  labels: JsonText;
  annotations: JsonText;
  summary: string;
  service: string;
  /** As `teamOf` reads it from the labels. */
  team: string;
  rule_id: string;
  value: number | null;
  unit: string | null;
  starts_at: EpochMs;
  updated_at: EpochMs;
  ends_at: EpochMs | null;
  resolved_at: EpochMs | null;
  resolved_by: string | null;
  generator_url: string | null;
  timers: JsonText;
  version: number;
  /** When the clock alone changes it: it lapses, or its acknowledgement does. Null when nothing is pending. */
  due_at: EpochMs | null;
  /** Lower-cased summary, service and label values, one a line. */
  search: string;
  /** W3C `traceparent` of the episode; null when it is not traced. */
  traceparent: string | null;
}

export interface HistoryTable {
  seq: Generated<number>;
  namespace: string;
  alert_id: string;
  at: EpochMs;
  kind: TransitionKind;
  from_state: AlertState | null;
  to_state: AlertState;
  severity: Severity;
  actor: string;
  reason: string;
  value: number | null;
  detail: JsonText;
  service: string;
  rule_id: string;
  summary: string;
}

export interface ThresholdRow {
  namespace: string;
  id: string;
  spec: JsonText;
  version: number;
  created_at: EpochMs;
  updated_at: EpochMs;
  updated_by: string;
}

export interface ThresholdVersionRow {
  namespace: string;
  threshold_id: string;
  version: number;
  at: EpochMs;
  by: string;
  reason: string;
  change: 'created' | 'updated' | 'deleted' | 'reverted';
  spec: JsonText | null;
}

export interface SilenceRow {
  namespace: string;
  id: string;
  matchers: JsonText;
  starts_at: EpochMs;
  ends_at: EpochMs;
  created_by: string;
  made_by: string | null;
  comment: string;
  created_at: EpochMs;
  updated_at: EpochMs;
}

export interface ViewRow {
  namespace: string;
  person: string;
  id: string;
  page: string;
  name: string;
  /** Names that differ only in case are the same to a person. */
  name_key: string;
  params: JsonText;
  is_default: Flag;
  created_at: EpochMs;
  updated_at: EpochMs;
}

export interface RouteTableRow {
  namespace: string;
  routes: JsonText;
  version: number;
  updated_at: EpochMs | null;
  updated_by: string;
}

export interface ReceiverRow {
  namespace: string;
  name: string;
  kind: StoredReceiver['kind'];
  settings: JsonText;
  secrets: string;
  updated_at: EpochMs;
  updated_by: string;
  tested_at: EpochMs | null;
  last_delivery_at: EpochMs | null;
  last_delivery_error: string | null;
}

export interface TokenRow {
  namespace: string;
  id: string;
  name: string;
  scope: StoredToken['scope'];
  hash: string;
  created_at: EpochMs;
  created_by: string;
  last_used_at: EpochMs | null;
  revoked_at: EpochMs | null;
}

export interface SessionRow {
  namespace: string;
  id: string;
  hash: string;
  name: string;
  role: Role;
  user_agent: string;
  created_at: EpochMs;
  last_seen_at: EpochMs;
  expires_at: EpochMs;
}

export interface LoginLinkRow {
  namespace: string;
  hash: string;
  name: string;
  role: Role;
  expires_at: EpochMs;
}

export interface SourceRow {
  namespace: string;
  id: string;
  kind: StoredSource['kind'];
  name: string;
  url: string;
  tenant: string;
  secret: string;
  created_at: EpochMs;
  created_by: string;
}

export interface SourceAnswerRow {
  namespace: string;
  id: string;
  url: string;
  stale_since: EpochMs | null;
}

export interface AuditRow {
  namespace: string;
  seq: number;
  at: EpochMs;
  actor: string;
  actor_name: string;
  action: string;
  object: string;
  outcome: AuditEntry['outcome'];
  before: JsonText;
  after: JsonText;
  request_id: string;
  prev_hash: string;
  hash: string;
}

/** The newest link of each chain: what a new row chains onto, and how a cut-off tail is noticed. */
export interface AuditHeadRow {
  namespace: string;
  seq: number;
  hash: string;
}

/** The last row that was cut off the beginning of a chain: what the oldest row that stays is chained onto. */
export interface AuditAnchorRow {
  namespace: string;
  seq: number;
  hash: string;
}

export interface ChangeTable {
  seq: Generated<number>;
  namespace: string;
  topic: string;
  change_id: string;
}

export interface JobTable {
  seq: Generated<number>;
  namespace: string;
  kind: string;
  queue: string;
  payload: JsonText;
  run_at: EpochMs;
  /** `run_at` as it was asked for: retries move that one, but not the order of the batch. */
  first_run_at: EpochMs;
  idempotency_key: string;
  subject: string;
  state: JobState;
  attempts: number;
  batch_id: string | null;
  lease_until: EpochMs | null;
  fence: number;
  last_error: string | null;
  created_at: EpochMs;
  finished_at: EpochMs | null;
}

/**
 * One row per queue: the lock that claims are made under.
 * No batch: fresh jobs may be claimed. With one, the queue belongs to it until it is done; it can be claimed (again) from
 * `claimable_at` on, which is the end of the lease while a worker has it, and the time of the next attempt after a retry.
 */
export interface JobQueueRow {
  namespace: string;
  kind: string;
  queue: string;
  fence: number;
  batch_id: string | null;
  claimable_at: EpochMs | null;
}

/** A signed request that was taken; `until` is when its timestamp alone refuses it. */
export interface SeenRequestRow {
  namespace: string;
  hash: string;
  until: EpochMs;
}

/** A series that a rule has had data of; `series` is the fingerprint of its labels. */
export interface SeenSeriesRow {
  namespace: string;
  series: string;
  rule_id: string;
  labels: string;
  asked: string;
}

/** Who has what only one engine may have; `until` by the clock of the database. */
export interface LeaseRow {
  name: string;
  holder: string;
  engine: string;
  until: number;
}

/** One row that is rewritten to learn whether writing works. */
export interface StoreCheckRow {
  id: number;
  checked_at: EpochMs;
}

export interface Schema {
  alerts: AlertRow;
  history: HistoryTable;
  thresholds: ThresholdRow;
  threshold_versions: ThresholdVersionRow;
  silences: SilenceRow;
  views: ViewRow;
  route_tables: RouteTableRow;
  receivers: ReceiverRow;
  tokens: TokenRow;
  sessions: SessionRow;
  login_links: LoginLinkRow;
  sources: SourceRow;
  source_answers: SourceAnswerRow;
  audit: AuditRow;
  audit_heads: AuditHeadRow;
  audit_anchors: AuditAnchorRow;
  changes: ChangeTable;
  jobs: JobTable;
  job_queues: JobQueueRow;
  seen_requests: SeenRequestRow;
  seen_series: SeenSeriesRow;
  leases: LeaseRow;
  store_check: StoreCheckRow;
}
