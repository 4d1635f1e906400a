import { z } from 'zod';
import { NOTICE_CODES } from '../core/traces/trace.ts';
import { ALERT_SOURCES, ALERT_STATES } from '../core/alerts/alert.ts';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { TRANSITION_KINDS } from '../core/alerts/transition.ts';
import { ALERT_GROUPINGS, COUNTED_STATES } from '../core/frames/alertGrouping.ts';
import { STATUS_FIGURES } from '../core/frames/statusFigure.ts';
import { SIGNAL_NAMES } from '../core/signals/catalogue.ts';
import { operation } from './operation.ts';
import { traceId } from './traces.ts';
import { duration, time } from './wire.ts';

/** Says what can be chosen: the reader of the error wrote a dashboard or a rule, and has no list at hand. */
const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `expected one of ${values.join(', ')}` });

const namesOf = z.array(z.string().max(200)).max(500);

/** Which alerts; an absent or empty list means any. */
const alertFilter = {
  severities: z.array(oneOf(SEVERITIES)).max(10).optional(),
  services: namesOf.optional(),
  /** By the label `owner`. */
  owners: namesOf.optional(),
  sources: z.array(oneOf(ALERT_SOURCES)).max(10).optional(),
};

const limit = z.number().int().min(1).max(10_000).optional();

/** Spans of one trace, more than which no relay takes. */
export const MOST_SPANS = 100_000;

export const FRAME_QUERY_TYPES = [
  ...['alerts', 'alertCounts', 'history', 'signals', 'status'],
  ...['traces', 'trace', 'traceOperations', 'traceComparison', 'serviceMap'],
] as const;

/** Which traces: those that TraceQL finds, else those of the services. */
const traceFilter = { traceql: z.string().max(4000).optional(), services: namesOf.optional(), limit };

/**
 * What the data source asks, by `queryType`. Keys that Grafana adds to every query (`datasource`, `hide`, …) are ignored.
 * - `alerts`: a table, one row per alert, with the columns `ALERT_COLUMNS`, the most urgent first; the open ones unless `states` says
 *   otherwise; at most 1,000 unless `limit` says otherwise
 * - `alertCounts`: how many alerts were firing or without data (or in the `states` given) over time, one series per group, the last point
 *   at the end of the range. Those that Grafana sent are left out unless `sources` names `grafana`, so that a Grafana rule on the count
 *   cannot keep itself firing
 * - `history`: a table of transitions within the range, newest first, also read as annotations, with the columns `HISTORY_COLUMNS`
 * - `signals`: one series per service; no frames where there is no such metric
 * - `status`: one number per figure of the engine, each with the label `figure`
 * - `traces`: a table, one row per trace that the search finds within the range, newest first, with the columns `TRACE_COLUMNS`
 * - `trace`: one trace, in the form of Grafana's trace view; at most 50,000 spans unless `limit` says otherwise, the nearest to its roots
 * - `traceOperations`: a table, one row per service and operation, the most time on critical paths first, with the columns
 *   `TRACE_OPERATION_COLUMNS`; over at most 100 traces unless `limit` says otherwise (up to 500)
 * - `traceComparison`: a table, one row per path of operations, what explains most of the difference first, with the columns
 *   `TRACE_COMPARISON_COLUMNS`: the traces within the range against those of as long a time `offset` earlier
 * - `serviceMap`: two frames for Grafana's node graph, of the calls within the range; of the services and what is `depth` calls away (1
 *   when absent), or of all; with `offset`, what differs from as long a time so long before, also in columns of its own
 */
export const frameQuery = z.discriminatedUnion(
  'queryType',
  [
    z.object({
      queryType: z.literal('alerts'),
      states: z.array(oneOf(ALERT_STATES)).max(10).optional(),
      ...alertFilter,
      limit,
    }),
    z.object({
      queryType: z.literal('alertCounts'),
      states: z.array(oneOf(COUNTED_STATES)).max(10).optional(),
      ...alertFilter,
      groupBy: oneOf(ALERT_GROUPINGS).default('none'),
    }),
    z.object({
      queryType: z.literal('history'),
      services: alertFilter.services,
      kinds: z.array(oneOf(TRANSITION_KINDS)).max(30).optional(),
      limit,
    }),
    z.object({ queryType: z.literal('signals'), signal: oneOf(SIGNAL_NAMES), services: alertFilter.services }),
    z.object({
      queryType: z.literal('status'),
      /** Absent or empty: all. */
      figures: z
        .array(oneOf(STATUS_FIGURES.map(({ name }) => name)))
        .max(50)
        .optional(),
    }),
    z.object({ queryType: z.literal('traces'), ...traceFilter }),
    z.object({
      queryType: z.literal('trace'),
      traceId,
      limit: z.number().int().min(1).max(MOST_SPANS).optional(),
    }),
    z.object({ queryType: z.literal('traceOperations'), ...traceFilter }),
    z.object({
      queryType: z.literal('traceComparison'),
      ...traceFilter,
      /** As long as the range itself when absent. */
      offset: duration.optional(),
    }),
    z.object({
      queryType: z.literal('serviceMap'),
      services: alertFilter.services,
      depth: z.number().int().min(1).max(20).optional(),
      /** Only calls that fail, and services that hurt. */
      errorsOnly: z.boolean().optional(),
      /** Compared with nothing when absent. */
      offset: duration.optional(),
    }),
  ],
  { error: `expected a query whose queryType is one of ${FRAME_QUERY_TYPES.join(', ')}` }
);
export type FrameQuery = z.output<typeof frameQuery>;
export type FrameQueryType = FrameQuery['queryType'];

/**
 * Columns of an `alerts` frame, in order. Times are epoch milliseconds; absent texts are empty; `unit` is a unit of the signal catalogue;
 * `suppressed` names what suppresses the alert, such as `silence, inhibition`; `labels` is a JSON object.
 */
export const ALERT_COLUMNS = [
  ...['startsAt', 'severity', 'state', 'service', 'summary', 'value', 'unit', 'owner', 'acknowledgedBy'],
  ...['acknowledgedComment', 'suppressed', 'source', 'updatedAt', 'labels', 'id'],
] as const;

/**
 * Columns of a `history` frame, in order. Grafana takes `time`, `title`, `text` and `tags`, which it splits at commas, for annotations: it
 * finds them by these names, so that none of them may have another name for display.
 */
export const HISTORY_COLUMNS = [
  ...['time', 'kind', 'title', 'text', 'tags', 'service', 'severity', 'actor', 'alertId'],
] as const;

/** Columns of a `traces` frame: named as Tempo's data source names them, so that a panel can take either. Epoch and duration in ms. */
export const TRACE_COLUMNS = [
  ...['traceID', 'startTime', 'traceService', 'traceName', 'traceDuration', 'spans', 'errors', 'services'],
] as const;

/** Columns of a `traceOperations` frame; times in ns, `pathShare` from 0 to 1. */
export const TRACE_OPERATION_COLUMNS = [
  ...['service', 'operation', 'pathShare', 'criticalP50', 'criticalP95', 'durationP50', 'durationP95', 'self'],
  ...['count', 'errors', 'traces'],
] as const;

/** Columns of a `traceComparison` frame; times in ns, shares from 0 to 1, `…P` corrected chances of such a difference without a cause. */
export const TRACE_COMPARISON_COLUMNS = [
  ...['service', 'operation', 'contribution', 'medianBefore', 'medianNow', 'p95Before', 'p95Now', 'durationP'],
  ...['p95P', 'countBefore', 'countNow', 'countP', 'path'],
  ...['errorsBefore', 'errorsNow', 'errorsP', 'tracesBefore', 'tracesNow'],
] as const;

const frameField = z.object({
  name: z.string(),
  type: z.enum(['time', 'number', 'string', 'other']),
  typeInfo: z.object({
    frame: z.enum(['time', 'float64', 'string', 'json.RawMessage']),
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
        type: z.enum(['table', 'timeseries-multi', 'numeric-wide']).optional(),
        typeVersion: z.tuple([z.number(), z.number()]).optional(),
        /** Tables with a time and a number would be drawn as graphs in Explore. */
        preferredVisualisationType: z.enum(['table', 'graph', 'trace', 'nodeGraph']).optional(),
        notices: z.array(z.object({ severity: z.enum(['info', 'warning']), text: z.string() })).optional(),
        /** Of a trace: what its notices are about, which Grafana's own form of them has no room for. */
        custom: z
          .object({
            traceNotices: z.array(
              z.object({
                code: z.enum(NOTICE_CODES),
                message: z.string(),
                count: z.number(),
                spanIds: z.array(z.string()),
              })
            ),
          })
          .optional(),
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
      .max(50)
      .refine(
        (queries) => new Set(queries.map(({ refId }) => refId)).size === queries.length,
        'expected each refId once'
      ),
  }),
  output: z.object({
    results: z.array(
      z.object({
        refId: z.string(),
        frames: z.array(dataFrame),
        /** A sentence that says what was wrong, or null. */
        error: z.string().nullable(),
        /** HTTP-like: 200, 400 for a query that cannot be answered, 502 where a source of the engine failed or is missing. */
        status: z.number(),
      })
    ),
  }),
  idempotent: true,
});
