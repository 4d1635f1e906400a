import type { Alert } from '../../../src/core/alerts/alert.ts';
import type { Silence } from '../../../src/core/routing/silence.ts';
import type { Threshold, ThresholdVersion } from '../../../src/core/thresholds/threshold.ts';
import { epochMs, seconds } from '../../../src/core/units.ts';
import type { SavedView } from '../../../src/core/views/savedView.ts';
import type { AuditEntry } from '../auditRepository.ts';
import type { NewJob } from '../jobRepository.ts';
import type { StoredSource } from '../sourceRepository.ts';
import type { StoredLoginLink, StoredReceiver, StoredSession, StoredToken, StoredTransition } from '../store.ts';

/** 2026-01-01T00:00:00Z; samples happen around it. */
export const START = epochMs(1_767_225_600_000);

export const after = (ms: number) => epochMs(START + ms);

export const sampleAlert = (changes: Partial<Alert> = {}): Alert => ({
  id: 'a1-start',
  namespace: 'default',
  fingerprint: '00000000000000a1',
  source: 'pharos',
  state: 'firing',
  severity: 'critical',
  severityMappedFrom: null,
  acknowledged: null,
  suppressedBy: [],
  labels: { alertname: 'HighLatency', service: 'checkout' },
  annotations: { summary: 'Checkout is slow' },
  summary: 'checkout: p95 latency above 800 ms',
  service: 'checkout',
  ruleId: 'threshold-1',
  value: 1.21,
  unit: 's',
  startsAt: START,
  updatedAt: START,
  endsAt: null,
  resolvedAt: null,
  resolvedBy: null,
  generatorUrl: null,
  timers: { warning: START, critical: START },
  version: 1,
  ...changes,
});

export const sampleTransition = (
  changes: Partial<Omit<StoredTransition, 'seq'>> = {}
): Omit<StoredTransition, 'seq'> => ({
  alertId: 'a1-start',
  at: START,
  kind: 'fired',
  from: 'pending',
  to: 'firing',
  severity: 'critical',
  actor: 'engine',
  reason: 'p95 latency 1.21 s was above 800 ms for 10 s',
  value: 1.21,
  detail: { level: 'critical' },
  service: 'checkout',
  ruleId: 'threshold-1',
  summary: 'checkout: p95 latency above 800 ms',
  ...changes,
});

export const sampleThreshold = (changes: Partial<Threshold> = {}): Threshold => ({
  id: 'threshold-1',
  namespace: 'default',
  service: 'checkout',
  signal: 'latency_p95',
  direction: 'above',
  warning: 0.3,
  critical: 0.8,
  unit: 'seconds',
  for: seconds(10),
  owner: 'team-shop',
  runbookUrl: 'https://runbooks.example/latency',
  labels: { team: 'shop' },
  enabled: true,
  version: 1,
  createdAt: START,
  updatedAt: START,
  updatedBy: 'ada',
  ...changes,
});

export const sampleVersion = (changes: Partial<ThresholdVersion> = {}): ThresholdVersion => {
  const { id, namespace, version, createdAt, updatedAt, updatedBy, ...spec } = sampleThreshold();
  return { thresholdId: id, version, at: START, by: updatedBy, reason: 'first', change: 'created', spec, ...changes };
};

export const sampleSilence = (changes: Partial<Silence> = {}): Silence => ({
  id: 'silence-1',
  namespace: 'default',
  matchers: [{ name: 'service', op: '=~', value: 'check.*' }],
  startsAt: START,
  endsAt: after(3_600_000),
  createdBy: 'ada',
  madeBy: 'ci',
  comment: 'maintenance',
  createdAt: START,
  updatedAt: START,
  ...changes,
});

export const sampleReceiver = (changes: Partial<StoredReceiver> = {}): StoredReceiver => ({
  namespace: 'default',
  name: 'demo-inbox',
  kind: 'webhook',
  settings: { basicUser: 'ops', headers: { 'x-team': 'shop' } },
  secrets: 'v1.encrypted',
  updatedAt: START,
  updatedBy: 'ada',
  testedAt: null,
  lastDeliveryAt: null,
  lastDeliveryError: null,
  ...changes,
});

export const sampleToken = (changes: Partial<StoredToken> = {}): StoredToken => ({
  namespace: 'default',
  id: 'token-1',
  name: 'ci',
  scope: 'read',
  hash: 'hash-1',
  createdAt: START,
  createdBy: 'ada',
  lastUsedAt: null,
  revokedAt: null,
  ...changes,
});

export const sampleView = (changes: Partial<SavedView> = {}): SavedView => ({
  namespace: 'default',
  person: 'grafana:default:user:2',
  id: 'view-1',
  page: 'alerts',
  name: 'Shop at night',
  params: { team: 'shop', severity: 'critical' },
  isDefault: false,
  createdAt: START,
  updatedAt: START,
  ...changes,
});

export const sampleSession = (changes: Partial<StoredSession> = {}): StoredSession => ({
  namespace: 'default',
  id: 'session-1',
  hash: 'hash-1',
  name: 'ada',
  role: 'admin',
  userAgent: 'Firefox',
  createdAt: START,
  lastSeenAt: START,
  expiresAt: after(604_800_000),
  ...changes,
});

export const sampleLink = (changes: Partial<StoredLoginLink> = {}): StoredLoginLink => ({
  namespace: 'default',
  hash: 'link-1',
  name: 'ada',
  role: 'admin',
  expiresAt: after(600_000),
  ...changes,
});

export const sampleSource = (changes: Partial<StoredSource> = {}): StoredSource => ({
  namespace: 'default',
  id: 'source-1',
  kind: 'prometheus',
  name: 'Prometheus',
  url: 'http://127.0.0.1:9090',
  tenant: '',
  secret: '',
  createdAt: START,
  createdBy: 'ada',
  ...changes,
});

export const sampleAudit = (changes: Partial<AuditEntry> = {}): AuditEntry => ({
  at: START,
  actor: 'token:1',
  actorName: 'ada',
  action: 'threshold.update',
  object: 'threshold-1',
  outcome: 'done',
  before: { warning: 0.3 },
  after: { warning: 0.4, labels: { team: 'shop' } },
  requestId: 'request-1',
  ...changes,
});

export const sampleJob = (changes: Partial<NewJob> = {}): NewJob => ({
  namespace: 'default',
  kind: 'notify',
  queue: 'demo-inbox',
  payload: { alertId: 'a1-start', version: 1 },
  runAt: START,
  idempotencyKey: 'a1-start/1/demo-inbox',
  subject: 'a1-start',
  now: START,
  ...changes,
});
