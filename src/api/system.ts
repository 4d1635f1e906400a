import { z } from 'zod';
import { SIGNAL_NAMES } from '../core/signals/catalogue.ts';
import { HEALTH_STATES } from '../core/services/service.ts';
import { sourceSchema } from './access.ts';
import { operation } from './operation.ts';
import { duration, notKept, sampleValue, storedLabels, time } from './wire.ts';

const reasonSchema = z.object({
  kind: z.enum(['alert', 'up', 'missing_data', 'dependency']),
  state: z.enum(HEALTH_STATES),
  text: z.string(),
  since: time.nullable(),
  alertId: z.string().optional(),
  dependency: z.string().optional(),
});

export const serviceHealthSchema = z.object({
  service: z.string(),
  state: z.enum(HEALTH_STATES),
  since: time.nullable(),
  reasons: z.array(reasonSchema),
  checkedAt: time,
});

const sparkline = z.object({ times: z.array(time), values: z.array(sampleValue) });

export const serviceSchema = z.object({
  name: z.string(),
  health: serviceHealthSchema,
  /** Requests per second, share of errors, seconds; null where the service has no such signal or no traffic. */
  requestRate: z.number().nullable(),
  errorRatio: z.number().nullable(),
  latencyP95: z.number().nullable(),
  trends: z.object({ requestRate: sparkline, errorRatio: sparkline, latencyP95: sparkline }),
  alerts: z.object({ info: z.number(), warning: z.number(), error: z.number(), critical: z.number() }),
  signals: z.array(z.enum(SIGNAL_NAMES)),
  versions: z.array(z.string()),
  owner: z.string(),
  hasThreshold: z.boolean(),
  hasOwner: z.boolean(),
  /** An alert of it would reach a receiver whose test send has worked. */
  hasTestedRoute: z.boolean(),
  newestSampleAt: time.nullable(),
  newestLogAt: time.nullable(),
  newestSpanAt: time.nullable(),
});
export type ServiceView = z.output<typeof serviceSchema>;

export const listServices = operation({
  name: 'listServices',
  method: 'GET',
  path: '/api/v1/services',
  access: 'viewer',
  summary: 'Services found in the metrics, the hurting ones first.',
  input: z.object({}),
  output: z.object({
    items: z.array(serviceSchema),
    /** When the figures were asked from Prometheus; older than a minute means stale. */
    asOf: time.nullable(),
    staleSince: time.nullable(),
    /** Why the list is empty or old, as a sentence; null when all is well. */
    problem: z.string().nullable(),
    coverage: z.object({
      services: z.number(),
      withThreshold: z.number(),
      withOwner: z.number(),
      withTestedRoute: z.number(),
    }),
  }),
});

export const getServiceHealth = operation({
  name: 'getServiceHealth',
  method: 'GET',
  path: '/api/v1/services/{name}/health',
  access: 'viewer',
  summary: 'Health of one service with every reason.',
  input: z.object({ name: z.string().min(1).max(200) }),
  output: serviceHealthSchema,
});

export const queryMetrics = operation({
  name: 'getMetrics',
  method: 'POST',
  path: '/api/v1/metrics/query',
  access: 'viewer',
  summary: 'Signals of services, or one PromQL expression, over a time range or at one moment.',
  input: z
    .object({
      queries: z
        .array(
          z.union([
            z
              .object({ id: z.string().max(50), signal: z.enum(SIGNAL_NAMES), service: z.string().max(200).optional() })
              .strict(),
            z.object({ id: z.string().max(50), expr: z.string().min(1).max(4096) }).strict(),
          ])
        )
        .min(1)
        .max(20),
      from: time.optional(),
      to: time.optional(),
      /** Chosen so that at most 500 points come back when absent. */
      step: duration.optional(),
    })
    .strict(),
  output: z.object({
    results: z.array(
      z.object({
        id: z.string(),
        expr: z.string(),
        series: z.array(z.object({ labels: storedLabels, times: z.array(time), values: z.array(sampleValue) })),
        /** An answer of the source may have 8 MiB, those of one request 16 MiB together: a query beyond that has this in its place. */
        error: z.string().nullable(),
        notKept,
      })
    ),
    step: duration,
  }),
  idempotent: true,
});

export const getSystemStatus = operation({
  name: 'getSystemStatus',
  method: 'GET',
  path: '/api/v1/status',
  access: 'viewer',
  summary: 'The engine itself: sources, evaluation, deliveries, store.',
  input: z.object({}),
  output: z.object({
    status: z.enum(['ok', 'degraded', 'failing']),
    /** What is wrong, as sentences. */
    problems: z.array(z.string()),
    version: z.string(),
    startedAt: time,
    store: z.object({
      kind: z.enum(['sqlite', 'postgres']),
      sizeBytes: z.number().nullable(),
      schemaVersion: z.string(),
    }),
    /** Of several engines on one PostgreSQL one evaluates thresholds, expires and cleans up; all take requests and notify. */
    leadership: z.object({
      /** This engine leads. */
      leads: z.boolean(),
      /** The engine that leads, for admins of the engine; null while it is not known. */
      leader: z.string().nullable(),
    }),
    sources: z.array(sourceSchema),
    evaluation: z.object({
      interval: duration,
      rules: z.number(),
      perSecond: z.number(),
      lastDurationMs: z.number().nullable(),
      lastAt: time.nullable(),
      late: z.number(),
      missed: z.number(),
      failed: z.number(),
    }),
    deliveries: z.object({
      queued: z.number(),
      oldestQueuedAt: time.nullable(),
      dead: z.number(),
      deliveredLastHour: z.number(),
      failedLastHour: z.number(),
    }),
    alerts: z.object({ info: z.number(), warning: z.number(), error: z.number(), critical: z.number() }),
    backups: z.object({
      /** Null when none is made by itself. */
      nextAt: time.nullable(),
      lastAt: time.nullable(),
      lastSizeBytes: z.number().nullable(),
      /** The last attempt did. */
      hasFailed: z.boolean(),
      /** Why, for admins. */
      lastError: z.string().nullable(),
    }),
    memoryBytes: z.number(),
  }),
});

const backupSchema = z.object({ name: z.string(), createdAt: time, sizeBytes: z.number() });

export const listBackups = operation({
  name: 'listBackups',
  method: 'GET',
  path: '/api/v1/backups',
  access: 'admin',
  summary: 'Backups of the store in the folder of backups, newest first, and when the next is due.',
  input: z.object({}),
  output: z.object({
    items: z.array(backupSchema),
    /** Where they are on the machine of the engine. */
    folder: z.string(),
    running: z.boolean(),
    nextAt: time.nullable(),
    lastError: z.string().nullable(),
  }),
});

export const createBackup = operation({
  name: 'createBackup',
  method: 'POST',
  path: '/api/v1/backups',
  access: 'admin',
  summary: 'Begin a backup of the store now; it appears in the list when it is whole. Intake goes on meanwhile.',
  input: z.object({}).strict(),
  output: z.object({ startedAt: time }),
  status: 202,
});

export const CHANGE_TOPICS = [
  'alerts',
  'thresholds',
  'silences',
  'routes',
  'receivers',
  'sources',
  'services',
  'tokens',
  'sessions',
  'views',
] as const;
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];

export const getChanges = operation({
  name: 'getChanges',
  method: 'GET',
  path: '/api/v1/changes',
  access: 'viewer',
  summary:
    'Long poll: answers as soon as something changed after `since`, else after `wait`. An expired cursor is 410.',
  input: z.object({
    since: z.string().max(100).optional(),
    wait: z
      .codec(z.string().regex(/^\d{1,2}s$/, 'expected seconds such as 25s'), z.number().min(0).max(30), {
        decode: (text) => Number(text.slice(0, -1)),
        encode: (value) => `${value}s`,
      })
      .optional(),
  }),
  output: z.object({
    cursor: z.string(),
    topics: z.array(z.enum(CHANGE_TOPICS)),
    /** Ids of changed objects, at most 100; empty with a topic means reload it. */
    ids: z.array(z.string()),
  }),
});
