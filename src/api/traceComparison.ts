import { z } from 'zod';
import { operation, type OutputOf } from './operation.ts';
import { traceId, traceSet, traceSetUsed } from './traces.ts';
import { duration, time } from './wire.ts';

/* Times of spans are nanoseconds as JSON numbers. */

const traceQl = z.string().min(1).max(4000);
const window = { from: time, to: time };
/** Of each side. */
const limit = z.number().int().min(1).max(500).default(100);
const versionName = z.string().min(1).max(200);

/** Ways to say which traces are A and which are B. B is where one expects the trouble. */
export const traceSides = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sets'), a: traceSet, b: traceSet }),
  /** Before and after a moment: a deploy, the start of an alert. */
  z.object({
    kind: z.literal('before_after'),
    query: traceQl,
    at: time,
    /** How long before and after it. */
    each: duration,
    limit,
  }),
  /** Two versions of a service, as `service.version` says. */
  z.object({
    kind: z.literal('versions'),
    service: z.string().min(1).max(200),
    a: versionName,
    b: versionName,
    /** Of these traces only. */
    query: traceQl.optional(),
    ...window,
    limit,
  }),
  /** B are the traces that took longer than nine in ten. */
  z.object({ kind: z.literal('slow_normal'), query: traceQl, ...window, limit }),
  /** B are some of the traces that a query finds, A the others. */
  z.object({
    kind: z.literal('selection_rest'),
    selection: z.array(traceId).min(1).max(500),
    query: traceQl,
    ...window,
    limit,
  }),
]);
export type TraceSides = z.output<typeof traceSides>;

const asked = z.object({
  used: traceSetUsed,
  /** TraceQL as it was asked; null where traces were named. */
  query: z.string().nullable(),
  window: z.object(window).nullable(),
  /** Of the traces that were read. */
  traceIds: z.array(z.string()),
});
export type AskedSet = z.output<typeof asked>;

const test = z
  .object({
    p: z.number(),
    /** For all tests of the answer (Benjamini and Hochberg). */
    corrected: z.number(),
    isSignificant: z.boolean(),
  })
  .nullable();

const pathFigures = z.object({
  /** Traces that have the path. */
  traces: z.number(),
  spans: z.number(),
  /** Spans per trace of the set. */
  perTrace: z.number(),
  medianNs: z.number().nullable(),
  p95Ns: z.number().nullable(),
  /** Mean per trace of the set. */
  selfNs: z.number(),
  criticalNs: z.number(),
  errorShare: z.number().nullable(),
  /** A usual trace with it. */
  example: z.string().nullable(),
});

const pathDifference = z.object({
  path: z.number(),
  parent: z.number().nullable(),
  depth: z.number(),
  service: z.string(),
  operation: z.string(),
  a: pathFigures,
  b: pathFigures,
  /** What the path's own work adds to the difference of the mean durations; all paths add up to it. */
  contributionNs: z.number(),
  /** Null where nothing can be tested. A trace counts once in each test. */
  duration: test,
  /** Of traces with a span beyond the p95 of both sides. */
  p95: test,
  count: test,
  errors: test,
});

const setFigures = z.object({
  traces: z.number(),
  spans: z.number(),
  meanNs: z.number(),
  medianNs: z.number(),
  p95Ns: z.number(),
  /** Traces whose root failed. */
  failed: z.number(),
  example: z.string().nullable(),
});

export const compareTraces = operation({
  name: 'compareTraces',
  method: 'POST',
  path: '/api/v1/traces/compare',
  access: 'viewer',
  summary: 'Two sets of traces beside each other, path by path: what became slower, more frequent, or fails more.',
  idempotent: true,
  input: z.object({ sides: traceSides }),
  output: z.object({
    a: asked,
    b: asked,
    /** Root durations above it are on side B; null for other ways to part them. */
    slowerThanNs: z.number().nullable(),
    comparison: z.object({
      a: setFigures,
      b: setFigures,
      differenceNs: z.number(),
      /** Null where it was not tested, and where traces were parted by their duration. */
      durationP: z.number().nullable(),
      errorP: z.number().nullable(),
      untested: z.enum(['one_trace_each', 'too_few']).nullable(),
      /** What contributes most comes first. */
      paths: z.array(pathDifference),
      tests: z.number(),
      folded: z.number(),
    }),
    /** Paths with the least contribution that are not in the list. */
    pathsLeftOut: z.number(),
  }),
});

export type ComparedTraces = OutputOf<typeof compareTraces>;

const scope = z.enum(['span', 'resource', 'intrinsic']);

export const explainTraces = operation({
  name: 'explainTraces',
  method: 'POST',
  path: '/api/v1/traces/explain',
  access: 'viewer',
  summary: 'What sets some traces apart from the rest: every attribute value by how much more frequent it is.',
  idempotent: true,
  input: z.object({
    selection: traceSet,
    /** A trace that is in both counts for the selection. */
    rest: traceSet,
    /** Only attributes of the roots and of spans of this service, or operation; by default of all spans. */
    service: z.string().min(1).max(200).optional(),
    operation: z.string().min(1).max(500).optional(),
  }),
  output: z.object({
    selection: asked,
    rest: asked,
    explained: z.object({
      /** Traces. */
      selection: z.number(),
      rest: z.number(),
      /** The largest difference first. */
      items: z.array(
        z.object({
          scope,
          key: z.string(),
          /** Null for a range. */
          value: z.union([z.string(), z.number(), z.boolean()]).nullable(),
          /** From `from` up to below `to`; null where it is open. */
          range: z.object({ from: z.number().nullable(), to: z.number().nullable() }).nullable(),
          selection: z.number(),
          rest: z.number(),
          difference: z.number(),
          test,
          example: z.string(),
        })
      ),
      /** Ids and the like: their values hardly ever come twice. */
      leftOut: z.array(z.object({ scope, key: z.string(), values: z.number() })),
      /** Too few traces for shares to say much; nothing was tested. */
      isSmall: z.boolean(),
      tests: z.number(),
    }),
    /** Values with the least difference that are not in the list. */
    itemsLeftOut: z.number(),
  }),
});
