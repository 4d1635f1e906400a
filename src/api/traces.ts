import { z } from 'zod';
import { operation } from './operation.ts';
import { notKept, queryInteger, time } from './wire.ts';

/** W3C ids are 32 characters; Jaeger and Tempo leave out leading zeros. */
export const traceId = z.string().regex(/^[0-9a-fA-F]{1,32}$/, 'expected a trace id of 1 to 32 hexadecimal characters');

const traceQl = z.string().min(1).max(4000);

/** Which traces a question is about: those that a search finds, or those named. */
export const traceSet = z.union([
  z.object({
    query: traceQl,
    from: time,
    to: time,
    /** At most so many are read whole. */
    limit: z.number().int().min(1).max(500).default(100),
  }),
  z.object({ traceIds: z.array(traceId).min(1).max(500) }),
]);
export type TraceSet = z.output<typeof traceSet>;

/** What a set turned out to be, for the words beside each figure. */
export const traceSetUsed = z.object({
  /** Traces that were read and went into the figures. */
  traces: z.number(),
  spans: z.number(),
  /** The source may have more than were read. */
  more: z.boolean(),
  /** Of the traces that were read, those of which the source gave only a part. */
  cut: z.number(),
  /** Traces that could not be read. */
  failed: z.number(),
  /** What is missing, and the reason of the first. */
  problem: z.string().nullable(),
  /** What the search could not find because it is no longer there. */
  notKept,
});

export type TraceSetUsed = z.output<typeof traceSetUsed>;

export const foundTrace = z.object({
  traceId: z.string(),
  /** Empty while the first span has not arrived. */
  rootName: z.string(),
  rootService: z.string(),
  startedAt: time,
  durationMs: z.number(),
  /** Services with a failed span. */
  failedIn: z.array(z.string()),
  /** Spans by service, as far as the source says. */
  services: z.array(z.object({ service: z.string(), spans: z.number(), errors: z.number() })),
  /** Spans that matched the query; null where the source does not say. */
  matched: z.number().nullable(),
});
export type FoundTraceView = z.output<typeof foundTrace>;

const OPERATORS = ['=', '!=', '=~', '!~', '>', '>=', '<', '<='] as const;

/** Conditions of a search without TraceQL; all of them hold for one span. */
export const traceFilter = z.object({
  service: z.string().max(200).optional(),
  operation: z.string().max(500).optional(),
  status: z.enum(['error', 'ok', 'unset']).optional(),
  /** Milliseconds, of the span. */
  minDurationMs: z.number().min(0).optional(),
  maxDurationMs: z.number().min(0).optional(),
  attributes: z
    .array(
      z.object({
        scope: z.enum(['span', 'resource', 'any']).default('any'),
        key: z.string().min(1).max(200),
        op: z.enum(OPERATORS).default('='),
        value: z.union([z.string().max(1000), z.number(), z.boolean()]),
      })
    )
    .max(20)
    .default([]),
});
export type TraceFilter = z.output<typeof traceFilter>;

export const searchTraces = operation({
  name: 'searchTraces',
  method: 'POST',
  path: '/api/v1/traces/search',
  access: 'viewer',
  summary: 'Traces that a filter, or a query in TraceQL, finds in a window.',
  idempotent: true,
  input: z
    .object({
      query: traceQl.optional(),
      filter: traceFilter.optional(),
      from: time,
      to: time,
      limit: z.number().int().min(1).max(1000).default(100),
      /** Where there are more than the limit: the newest of them (when absent), or so many from each of equal parts of the window. */
      pick: z.enum(['newest', 'spread']).optional(),
    })
    .refine(({ query, filter }) => query === undefined || filter === undefined, {
      error: 'expected a query or a filter, not both',
      path: ['query'],
    }),
  output: z.object({
    items: z.array(foundTrace),
    /** TraceQL as it was asked. */
    query: z.string(),
    /** The source may have more. */
    more: z.boolean(),
    /** What the source has against the query, or why it could not be asked. */
    problem: z.string().nullable(),
    notKept,
  }),
});

export const getTrace = operation({
  name: 'getTrace',
  method: 'GET',
  path: '/api/v1/traces/{traceId}',
  access: 'viewer',
  summary: 'One trace as the source has it, in OTLP JSON.',
  input: z.object({
    traceId,
    /** About when it was, where that is known: the source looks there first. */
    from: time.optional(),
    to: time.optional(),
  }),
  output: z.object({
    traceId: z.string(),
    /** `{resourceSpans}`, or Tempo's forms of it: read it with `parseTraceDocuments`. */
    document: z.unknown(),
    /**
     * The trace ended a moment ago or is still going on: spans may be missing yet, ask again. Ends of a clock that is more than half a
     * minute ahead are passed over.
     */
    settling: z.boolean(),
    /** What the source says about a part that is missing. */
    problem: z.string().nullable(),
  }),
});

export const listTraceAttributes = operation({
  name: 'listTraceAttributes',
  method: 'GET',
  path: '/api/v1/traces/attributes',
  access: 'viewer',
  summary: 'Names of attributes that traces of the last hours carry.',
  input: z.object({}),
  output: z.object({
    items: z.array(z.object({ scope: z.enum(['span', 'resource', 'intrinsic']), key: z.string() })),
    problem: z.string().nullable(),
  }),
});

export const listTraceAttributeValues = operation({
  name: 'listTraceAttributeValues',
  method: 'GET',
  path: '/api/v1/traces/attribute-values',
  access: 'viewer',
  summary: 'Values of one attribute, for suggestions.',
  input: z.object({
    /** As TraceQL writes it, such as `resource.service.name` or `name`. */
    attribute: z.string().min(1).max(300),
    limit: queryInteger(1, 1000).default(200),
  }),
  output: z.object({ items: z.array(z.string()), problem: z.string().nullable() }),
});
