import { z } from 'zod';
import { evidenceSchema } from './evidence.ts';
import { operation } from './operation.ts';
import { traceId, traceSet, traceSetUsed } from './traces.ts';
import { queryInteger, time } from './wire.ts';

/* Times of spans are whole nanoseconds as JSON numbers, exact up to 104 days. */

/** What every answer over a set of traces says of that set. */
const ofSet = {
  used: traceSetUsed,
  /** TraceQL as it was asked; null where traces were named. */
  query: z.string().nullable(),
  window: z.object({ from: time, to: time }).nullable(),
};

const serviceName = z.string().min(1).max(200);

/** A span to open for an example. */
const example = z.object({ traceId: z.string(), spanId: z.string() });

const percentiles = z.object({ p50: z.number(), p95: z.number(), p99: z.number() });

/** As `OperationTimes` and `OperationRoom` of the core. */
const analysedOperation = z.object({
  service: z.string(),
  operation: z.string(),
  /** Spans. */
  count: z.number(),
  errors: z.number(),
  /** Traces with a span of it. */
  traces: z.number(),
  /** Durations of its spans together. */
  totalNs: z.number(),
  /** Own time of its spans, without what ran below them. */
  selfNs: z.number(),
  /** Time on the critical paths of all traces. */
  criticalNs: z.number(),
  /** Of all critical paths together, 0–1. */
  pathShare: z.number(),
  /** Over its spans. */
  durationNs: percentiles,
  /** Time on the critical path of one trace, over the traces in which it occurs. */
  criticalPerTraceNs: percentiles,
  /** How much its spans may grow before the root does: the median over traces of the least. Null where nobody waits for it. */
  slackNs: z.number().nullable(),
  /** By how much a trace would be shorter without it, the mean over all. Null where that was not worked out: below the first. */
  savesNs: z.number().nullable(),
});
export type AnalysedOperation = z.output<typeof analysedOperation>;

/** Over all traces; and per trace, over the traces in which the path occurs. */
const pathTime = z.object({ sumNs: z.number(), p50Ns: z.number(), p95Ns: z.number() });

/** One way down through the operations, of all traces that went it: as `MergedPath` of the core. */
const mergedPath = z.object({
  service: z.string(),
  operation: z.string(),
  /** Index of the path above, or -1. */
  parent: z.number(),
  depth: z.number(),
  /** The paths below it are those up to, without, this index. */
  subtreeEnd: z.number(),
  count: z.number(),
  errors: z.number(),
  traces: z.number(),
  total: pathTime,
  self: pathTime,
  critical: pathTime,
});

export const analyzeTraces = operation({
  name: 'analyzeTraces',
  method: 'POST',
  path: '/api/v1/traces/analyze',
  access: 'viewer',
  summary: 'Where the time of many traces goes: by operation, and as one tree of calls.',
  idempotent: true,
  input: z.object({ set: traceSet }),
  output: z.object({
    ...ofSet,
    /** Traces in which clocks were set right first, as the page of a trace does: of hosts that differ, or too coarse to tell an end. */
    clocksSet: z.number(),
    /** The most time on critical paths first. */
    operations: z.array(analysedOperation),
    /** In preorder, for a flame graph. */
    paths: z.array(mergedPath),
    /** Paths that were left out, those with the least time; it is still part of the total of the paths above them. */
    pathsLeftOut: z.number(),
  }),
});

const errorGroup = z.object({
  /** Type of the exception, else what the span says it was: `error.type`, `HTTP 503`, `gRPC 14`, `error`. */
  type: z.string(),
  /** What its messages have in common, `<*>` where they differ; empty where there is none. */
  template: z.string(),
  /** The message of the newest. */
  message: z.string(),
  /** Where it began: the failed span below which nothing failed. */
  service: z.string(),
  operation: z.string(),
  /** Spans in which it began. */
  count: z.number(),
  traces: z.number(),
  /** Since `ratesSince`. */
  perMinute: z.number(),
  /** In this window; it may be older. */
  firstSeenAt: time,
  lastSeenAt: time,
  /** Versions of the service, as `service.version` says. */
  versions: z.array(z.string()),
  /** The newest. */
  example,
});
export type ErrorGroupView = z.output<typeof errorGroup>;

export const listTraceErrors = operation({
  name: 'listTraceErrors',
  method: 'GET',
  path: '/api/v1/traces/errors',
  access: 'viewer',
  summary: 'Errors of a window, grouped by type, message and where they began.',
  input: z.object({
    /** Traces in which a span of this service failed. */
    service: serviceName.optional(),
    from: time,
    to: time,
    /** Traces that are read at most. */
    limit: queryInteger(1, 500).default(200),
  }),
  output: z.object({
    ...ofSet,
    /** The most frequent first. Where `used.more` is set, counts are of the traces that were read. */
    items: z.array(errorGroup),
    /** Over which time up to `to` the rates are: from the beginning of the window, or from the oldest trace that was read where there are more. */
    ratesSince: time,
  }),
});

const serviceCall = z.object({
  kind: z.enum(['database', 'http', 'rpc', 'messaging', 'other']),
  /** Such as `postgresql` or `kafka`; empty where nothing says. */
  system: z.string(),
  /** Who was called: a service, a host, a database, a queue; empty where nothing says. */
  target: z.string(),
  /** The statement with `?` for its values; method and path; the name of the procedure or the queue. */
  name: z.string(),
  count: z.number(),
  /** Traces with such a call. */
  traces: z.number(),
  errors: z.number(),
  p50Ns: z.number(),
  p95Ns: z.number(),
  totalNs: z.number(),
  /** Of the time that the service's own requests took; above 1 where calls run side by side. Null where no request was seen. */
  share: z.number().nullable(),
  /** The slowest. */
  example,
});
export type ServiceCallView = z.output<typeof serviceCall>;

export const listServiceCalls = operation({
  name: 'listServiceCalls',
  method: 'GET',
  path: '/api/v1/services/{name}/calls',
  access: 'viewer',
  summary: 'What a service asks of databases, other services and queues, and what that costs it.',
  input: z.object({ name: serviceName, from: time, to: time, limit: queryInteger(1, 500).default(100) }),
  output: z.object({
    ...ofSet,
    /** The most time first. */
    items: z.array(serviceCall),
    /** Requests of the service in these traces, and their time together. */
    requests: z.number(),
    requestsNs: z.number(),
  }),
});

const linkEnd = z.object({ traceId: z.string(), spanId: z.string(), service: z.string(), operation: z.string() });

const linkedTrace = z.object({
  /** Upstream sent the work; downstream took it. */
  direction: z.enum(['upstream', 'downstream']),
  traceId: z.string(),
  /** Null where the linked trace, or its span, could not be read. */
  producer: linkEnd.nullable(),
  consumer: linkEnd.nullable(),
  /** From the end of the producer to the start of the consumer; 0 where they overlap, null where one end is not known. */
  queueWaitNs: z.number().nullable(),
  /** When the producer ended: nanoseconds after the start of the trace that was asked about. Null where it is not known. */
  handedOverNs: z.number().nullable(),
  /** Why the linked trace was not read, such as that it is too large; null where it was. */
  unread: z.string().nullable(),
  /** Null where it could not be read. */
  trace: z
    .object({
      /** After the start of the trace that was asked about; below 0 before it. */
      startNs: z.number(),
      rootService: z.string(),
      rootName: z.string(),
      startedAt: time,
      durationNs: z.number(),
      spans: z.number(),
      errors: z.number(),
    })
    .nullable(),
});
export type LinkedTraceView = z.output<typeof linkedTrace>;

export const getLinkedTraces = operation({
  name: 'getLinkedTraces',
  method: 'GET',
  path: '/api/v1/traces/{traceId}/links',
  access: 'viewer',
  summary: 'Traces that span links join with one: what came before it, and what it set off.',
  input: z.object({ traceId, from: time.optional(), to: time.optional() }),
  output: z.object({
    /** Upstream before downstream, by start. One entry for each pair of spans. */
    items: z.array(linkedTrace),
    /** There are more links than these. */
    more: z.boolean(),
    problem: z.string().nullable(),
  }),
});

export const getTraceLogs = operation({
  name: 'getTraceLogs',
  method: 'GET',
  path: '/api/v1/traces/{traceId}/logs',
  access: 'viewer',
  summary:
    'Log lines of a trace: those that carry its id, of one service or of all, else those of the service at that time.',
  input: z.object({
    traceId,
    /** Lines of this service first; also what to fall back to. Without it, lines of the whole trace. */
    service: serviceName.optional(),
    /** When the trace, or the span in question, began and ended. */
    from: time,
    to: time,
  }),
  output: evidenceSchema.shape.logs.pick({ patterns: true, more: true }).extend({
    items: z.array(
      evidenceSchema.shape.logs.shape.items.element.extend({
        /** Null where the source does not say. */
        service: z.string().nullable(),
      })
    ),
    /**
     * `trace`: these lines carry its id. `elsewhere`: those of the service do not, these of others do. `service`: none did; these are
     * of the service at that time.
     */
    by: z.enum(['trace', 'elsewhere', 'service']),
    /** As it was asked last; null when it was not. */
    query: z.string().nullable(),
    /** Where was looked last: `widened` says that nothing was found any nearer. */
    window: z.object({ from: time, to: time }),
    widened: z.boolean(),
    problem: z.string().nullable(),
  }),
});
