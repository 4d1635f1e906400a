import { z } from 'zod';
import { operation } from './operation.ts';
import { time } from './wire.ts';

/** Intake answers per alert: what was committed, and what was refused with its place and reason. */
export const intakeResult = z.object({
  accepted: z.number(),
  rejected: z.array(z.object({ index: z.number(), reason: z.string() })),
  /** Values that were longer than the limit and were cut. */
  cut: z.number(),
});

export const intakeGrafana = operation({
  name: 'intakeGrafana',
  method: 'POST',
  path: '/api/v1/intake/grafana',
  access: 'intake',
  summary: "Grafana's webhook contact point. 200 once verified and parsed: Grafana repeats 4xx and 5xx alike.",
  /** Checked alert by alert in the operation, so that one bad alert does not lose the others. */
  input: z.looseObject({ alerts: z.array(z.unknown()).max(1000), truncatedAlerts: z.number().optional() }),
  output: intakeResult,
});

export const intakeEvents = operation({
  name: 'intakeEvents',
  method: 'POST',
  path: '/api/v1/intake/events',
  access: 'intake',
  summary: 'Any event: labels, severity, status and a summary.',
  input: z.strictObject({ events: z.array(z.unknown()).min(1).max(1000) }),
  output: intakeResult,
});

/** Not zod's record, which leaves out what is called `__proto__`. */
const named = z.custom<Readonly<Record<string, unknown>>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  'expected an object of names to text'
);

/** One event of `intake/events`; `labels` identify it, so that a later `resolved` with the same labels closes it. */
export const eventSchema = z.strictObject({
  labels: named,
  annotations: named.optional(),
  status: z.enum(['firing', 'resolved']).default('firing'),
  severity: z.string().max(100).optional(),
  summary: z.string().max(4096).optional(),
  value: z.number().optional(),
  unit: z.string().max(40).optional(),
  startsAt: time.optional(),
  endsAt: time.optional(),
  url: z.string().max(2048).optional(),
});
