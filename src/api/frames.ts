import { z } from 'zod';
import { ALERT_SOURCES, ALERT_STATES } from '../core/alerts/alert.ts';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { TRANSITION_KINDS } from '../core/alerts/transition.ts';
import { SIGNAL_NAMES } from '../core/signals/catalogue.ts';
import { operation } from './operation.ts';
import { duration, time } from './wire.ts';

/** Which alerts; an absent or empty list means any. */
const alertFilter = {
  states: z.array(z.enum(ALERT_STATES)).max(10).optional(),
  severities: z.array(z.enum(SEVERITIES)).max(10).optional(),
  services: z.array(z.string().max(200)).max(200).optional(),
  owners: z.array(z.string().max(200)).max(200).optional(),
  sources: z.array(z.enum(ALERT_SOURCES)).max(10).optional(),
};

export const ALERT_GROUPINGS = ['none', 'severity', 'service', 'state', 'source'] as const;

/**
 * What the data source asks, by `queryType`. Keys that Grafana adds to every query (`datasource`, `hide`, …) are ignored.
 * - `alerts`: a table, one row per alert, with the columns `ALERT_COLUMNS`; the open ones unless `states` says otherwise
 * - `alertCounts`: how many alerts were firing or without data, over time; those that Grafana sent are left out unless `sources` names
 *   `grafana`, so that a Grafana rule on the count cannot keep itself firing
 * - `history`: a table of transitions, also read as annotations, with the columns `HISTORY_COLUMNS`
 * - `signals`: one series per service
 * - `status`: one number per figure of the engine
 */
export const frameQuery = z.discriminatedUnion('queryType', [
  z.object({ queryType: z.literal('alerts'), ...alertFilter, limit: z.number().int().min(1).max(10_000).optional() }),
  z.object({ queryType: z.literal('alertCounts'), ...alertFilter, groupBy: z.enum(ALERT_GROUPINGS).default('none') }),
  z.object({
    queryType: z.literal('history'),
    services: alertFilter.services,
    kinds: z.array(z.enum(TRANSITION_KINDS)).max(30).optional(),
    limit: z.number().int().min(1).max(10_000).optional(),
  }),
  z.object({ queryType: z.literal('signals'), signal: z.enum(SIGNAL_NAMES), services: alertFilter.services }),
  z.object({ queryType: z.literal('status') }),
]);
export type FrameQuery = z.output<typeof frameQuery>;
export type FrameQueryType = FrameQuery['queryType'];

/** Columns of an `alerts` frame, in order. Times are epoch milliseconds; absent texts are empty; `labels` is a JSON object. */
export const ALERT_COLUMNS = [
  ...['startsAt', 'severity', 'state', 'service', 'summary', 'value', 'unit', 'owner', 'acknowledgedBy'],
  ...['acknowledgedComment', 'suppressed', 'source', 'updatedAt', 'labels', 'id'],
] as const;

/** Columns of a `history` frame, in order; `title`, `text` and `tags` are what Grafana shows of an annotation. */
export const HISTORY_COLUMNS = [
  ...['time', 'kind', 'title', 'text', 'tags', 'service', 'severity', 'actor', 'alertId'],
] as const;

const frameField = z.object({
  name: z.string(),
  type: z.enum(['time', 'number', 'string', 'boolean', 'other']),
  typeInfo: z.object({
    frame: z.enum(['time', 'float64', 'string', 'bool', 'json.RawMessage']),
    nullable: z.boolean(),
  }),
  labels: z.record(z.string(), z.string()).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});

/** Grafana's data frame JSON: one array of values per field. */
export const dataFrame = z.object({
  schema: z.object({
    refId: z.string(),
    name: z.string().optional(),
    /** `type` and `typeVersion` are of Grafana's data plane contract: without them its alerting drops the labels. */
    meta: z
      .object({
        type: z.enum(['table', 'timeseries-multi', 'numeric-wide', 'numeric-multi']).optional(),
        typeVersion: z.tuple([z.number(), z.number()]).optional(),
        notices: z.array(z.object({ severity: z.enum(['info', 'warning']), text: z.string() })).optional(),
        custom: z.record(z.string(), z.unknown()).optional(),
      })
      .optional(),
    fields: z.array(frameField),
  }),
  data: z.object({ values: z.array(z.array(z.unknown())) }),
});
export type DataFrameJson = z.output<typeof dataFrame>;

export const queryFrames = operation({
  name: 'queryFrames',
  method: 'POST',
  path: '/api/v1/frames/query',
  access: 'viewer',
  summary: 'Answers of the Grafana data source: alerts, counts, history, signals and status as data frames.',
  input: z.object({
    from: time,
    to: time,
    /** True when Grafana's alert scheduler asks: table queries are then refused, as it cannot judge them. */
    fromAlert: z.boolean().default(false),
    queries: z
      .array(
        z.object({
          refId: z.string().min(1).max(100),
          interval: duration.optional(),
          maxDataPoints: z.number().int().min(1).max(50_000).optional(),
          /** Of the shape `frameQuery`; each is checked by itself, so that a wrong one does not take the others along. */
          query: z.unknown(),
        })
      )
      .min(1)
      .max(50),
  }),
  output: z.object({
    results: z.array(
      z.object({
        refId: z.string(),
        frames: z.array(dataFrame),
        /** A sentence that says what was wrong, or null. */
        error: z.string().nullable(),
        /** HTTP-like: 200, 400 for a query that cannot be answered, 502 where a source of the engine failed. */
        status: z.number(),
      })
    ),
  }),
  idempotent: true,
});
