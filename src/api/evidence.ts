import { z } from 'zod';
import { LOG_LEVELS } from '../core/evidence/logLevel.ts';
import { operation } from './operation.ts';
import { pathId, time } from './wire.ts';

const logLevel = z.enum(LOG_LEVELS);

/** What each part says beside its items. */
const part = {
  /** As it was asked of the source; null when it was not. */
  query: z.string().nullable(),
  /** Where was looked: the last of several windows, each wider than the one before. */
  window: z.object({ from: time, to: time }),
  /** What is missing and what it would bring, as a sentence; null when all is well. */
  problem: z.string().nullable(),
};

const deploys = z.object({
  items: z.array(z.object({ at: time, version: z.string(), previous: z.array(z.string()) })),
  /** Every version seen in the window. */
  versions: z.array(z.string()),
  ...part,
});

const logs = z.object({
  items: z.array(
    z.object({
      at: time,
      level: logLevel,
      /** What the line says to a person, without the fields around it. */
      message: z.string(),
      line: z.string(),
      /** How many characters of the line were left out. */
      cut: z.number(),
      traceId: z.string().nullable(),
    })
  ),
  /** Messages that occur more than once, `<*>` where they differ. */
  patterns: z.array(z.object({ pattern: z.string(), count: z.number(), level: logLevel })),
  /** `warning`: only lines of this level and above were asked for. */
  levels: z.enum(['warning', 'all']),
  /** From which end of the window the lines were taken, and in which order they stand. */
  order: z.enum(['oldest_first', 'newest_first']),
  /** The source may have more lines in the window. */
  more: z.boolean(),
  ...part,
});

const traces = z.object({
  items: z.array(
    z.object({
      traceId: z.string(),
      /** Empty while the first span has not arrived. */
      rootName: z.string(),
      rootService: z.string(),
      startedAt: time,
      durationMs: z.number(),
      /** Services with a failed span. */
      failedIn: z.array(z.string()),
    })
  ),
  /** Seconds above which a span counts as slow; null when only failures were asked for. */
  slowerThan: z.number().nullable(),
  more: z.boolean(),
  ...part,
});

export const evidenceSchema = z.object({
  service: z.string(),
  at: time,
  deploys,
  logs,
  traces,
  /** From the earliest to the latest moment that the lines and traces were looked for. */
  windowFrom: time,
  windowTo: time,
});
export type EvidenceView = z.output<typeof evidenceSchema>;

export const getAlertEvidence = operation({
  name: 'getAlertEvidence',
  method: 'GET',
  path: '/api/v1/alerts/{id}/evidence',
  access: 'viewer',
  summary: 'What else happened around the start of an alert: deploys, log lines, failed and slow traces.',
  input: z.object({ id: pathId }),
  output: evidenceSchema,
});

export const getServiceEvidence = operation({
  name: 'getServiceEvidence',
  method: 'GET',
  path: '/api/v1/services/{name}/evidence',
  access: 'viewer',
  summary: 'What happened in a service around a moment, by default now.',
  input: z.object({ name: z.string().min(1).max(200), at: time.optional() }),
  output: evidenceSchema,
});
