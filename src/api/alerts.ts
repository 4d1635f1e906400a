import { z } from 'zod';
import { ALERT_SOURCES, ALERT_STATES, SUPPRESSION_KINDS } from '../core/alerts/alert.ts';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { TRANSITION_KINDS } from '../core/alerts/transition.ts';
import { operation } from './operation.ts';
import { line, listOf, page, pathId, queryBoolean, queryList, storedLabels, time } from './wire.ts';

const acknowledgement = z.object({
  by: z.string(),
  at: time,
  comment: z.string(),
  until: time.nullable(),
  severity: z.enum(SEVERITIES),
});

export const alertSchema = z.object({
  id: z.string(),
  fingerprint: z.string(),
  state: z.enum(ALERT_STATES),
  severity: z.enum(SEVERITIES),
  severityMappedFrom: z.string().nullable(),
  acknowledged: acknowledgement.nullable(),
  suppressedBy: z.array(z.object({ kind: z.enum(SUPPRESSION_KINDS), id: z.string() })),
  labels: storedLabels,
  annotations: storedLabels,
  summary: z.string(),
  service: z.string(),
  ruleId: z.string(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  source: z.enum(ALERT_SOURCES),
  startsAt: time,
  updatedAt: time,
  endsAt: time.nullable(),
  resolvedAt: time.nullable(),
  resolvedBy: z.string().nullable(),
  generatorUrl: z.string().nullable(),
  version: z.number(),
  /** Of the OpenTelemetry trace from its intake to its deliveries; absent when it was not traced. */
  traceId: z.string().optional(),
});
export type AlertView = z.output<typeof alertSchema>;

export const transitionSchema = z.object({
  seq: z.number(),
  alertId: z.string(),
  at: time,
  kind: z.enum(TRANSITION_KINDS),
  from: z.enum(ALERT_STATES).nullable(),
  to: z.enum(ALERT_STATES),
  severity: z.enum(SEVERITIES),
  actor: z.string(),
  reason: z.string(),
  value: z.number().nullable(),
  detail: storedLabels,
  /** Carried along so that a history can be read without the alerts. */
  service: z.string(),
  ruleId: z.string(),
  summary: z.string(),
});
export type TransitionView = z.output<typeof transitionSchema>;

/** One delivery to one receiver, as the alert's detail and list show it. */
export const deliverySchema = z.object({
  alertId: z.string(),
  receiver: z.string(),
  receiverKind: z.string(),
  kind: z.enum(['fired', 'severity_raised', 'no_data', 'resolved']),
  state: z.enum(['queued', 'sending', 'delivered', 'failed', 'skipped']),
  attempts: z.number(),
  at: time,
  lastError: z.string().nullable(),
  nextAttemptAt: time.nullable(),
});
export type DeliveryView = z.output<typeof deliverySchema>;

export const listAlerts = operation({
  name: 'listAlerts',
  method: 'GET',
  path: '/api/v1/alerts',
  access: 'viewer',
  summary: 'Alerts, the most urgent first: severity, then unacknowledged, then oldest.',
  input: z.object({
    /** Default: everything that is open. */
    state: queryList(z.enum(ALERT_STATES)).optional(),
    severity: queryList(z.enum(SEVERITIES)).optional(),
    service: queryList(z.string().max(200)).optional(),
    /** Label `team`, else `owner`. */
    team: queryList(z.string().max(200)).optional(),
    source: queryList(z.enum(ALERT_SOURCES)).optional(),
    ruleId: z.string().max(200).optional(),
    acknowledged: queryBoolean.optional(),
    suppressed: queryBoolean.optional(),
    /** Words that must all stand in summary, service or a label value, or `name=value` for a label. */
    q: z.string().max(500).optional(),
    ...page,
  }),
  output: z.object({
    items: z.array(alertSchema),
    next: z.string().nullable(),
    /** Over all pages. */
    counts: z.object({
      total: z.number(),
      bySeverity: z.object({ info: z.number(), warning: z.number(), error: z.number(), critical: z.number() }),
      unacknowledged: z.number(),
      oldestUnacknowledgedAt: time.nullable(),
    }),
    /** Deliveries of the alerts on this page, latest of each receiver. */
    deliveries: z.array(deliverySchema),
  }),
});

export const listTeams = operation({
  name: 'listTeams',
  method: 'GET',
  path: '/api/v1/teams',
  access: 'viewer',
  summary: 'Teams that own alerts or thresholds, by name.',
  input: z.object({}),
  output: z.object({ items: z.array(z.object({ name: z.string(), openAlerts: z.number() })) }),
});

export const getAlert = operation({
  name: 'getAlert',
  method: 'GET',
  path: '/api/v1/alerts/{id}',
  access: 'viewer',
  summary: 'One alert with its timeline and deliveries.',
  input: z.object({ id: pathId }),
  output: z.object({
    alert: alertSchema,
    timeline: z.array(transitionSchema),
    deliveries: z.array(deliverySchema),
    /** Other open alerts of the service. */
    related: z.array(alertSchema),
  }),
});

const oneAlert = z.object({ alert: alertSchema });

export const acknowledgeAlert = operation({
  name: 'acknowledgeAlert',
  method: 'POST',
  path: '/api/v1/alerts/{id}/acknowledge',
  access: 'editor',
  summary: 'Take an alert: nobody is notified of it again until it resolves, rises, or `until` passes.',
  input: z.object({ id: pathId, comment: line(1000).default(''), until: time.nullable().optional() }),
  output: oneAlert,
  idempotent: true,
});

export const unacknowledgeAlert = operation({
  name: 'unacknowledgeAlert',
  method: 'POST',
  path: '/api/v1/alerts/{id}/unacknowledge',
  access: 'editor',
  summary: 'Give an alert back.',
  input: z.object({ id: pathId, comment: line(1000).default('') }),
  output: oneAlert,
  idempotent: true,
});

export const resolveAlert = operation({
  name: 'resolveAlert',
  method: 'POST',
  path: '/api/v1/alerts/{id}/resolve',
  access: 'editor',
  summary: 'Close an episode by hand. If the condition still holds, the next evaluation opens a new one.',
  input: z.object({ id: pathId, comment: line(1000).default('') }),
  output: oneAlert,
  idempotent: true,
});

export const commentAlert = operation({
  name: 'commentAlert',
  method: 'POST',
  path: '/api/v1/alerts/{id}/comment',
  access: 'editor',
  summary: 'Add a comment to the timeline.',
  input: z.object({ id: pathId, comment: line(4000).min(1, 'expected a comment') }),
  output: oneAlert,
});

const historyFilter = {
  from: time.optional(),
  to: time.optional(),
  service: z.string().max(200).optional(),
  ruleId: z.string().max(200).optional(),
  actor: z.string().max(200).optional(),
  alertId: z.string().max(200).optional(),
  kind: queryList(z.enum(TRANSITION_KINDS)).optional(),
};

export const listHistory = operation({
  name: 'listHistory',
  method: 'GET',
  path: '/api/v1/history',
  access: 'viewer',
  summary: 'Every transition, newest first.',
  input: z.object({ ...historyFilter, ...page }),
  output: listOf(transitionSchema),
});

export const exportHistory = operation({
  name: 'exportHistory',
  method: 'GET',
  path: '/api/v1/history/export',
  access: 'viewer',
  summary:
    'The history as CSV, newest first, at most 100,000 rows; where there are more, a last row of the kind `export_ended` says so.',
  input: z.object(historyFilter),
  output: z.string(),
  produces: 'text/csv',
});
