import { z } from 'zod';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { deliverySchema } from './alerts.ts';
import { operation } from './operation.ts';
import { page, time } from './wire.ts';

/** A notification that was given up: its receiver refused it, or could not be told in 50 attempts or 12 hours. */
export const undeliveredSchema = z.object({
  id: z.string(),
  receiver: z.string(),
  /** `deleted` where there is no such receiver any more: then it cannot be sent again. */
  receiverKind: z.string(),
  kind: deliverySchema.shape.kind,
  alertId: z.string(),
  /** Of the alert, as it was announced. */
  summary: z.string(),
  severity: z.enum(SEVERITIES),
  reason: z.string(),
  /** When it was given up. */
  at: time,
});
export type UndeliveredView = z.output<typeof undeliveredSchema>;

const ids = z
  .array(z.string().regex(/^[1-9]\d{0,14}$/, 'expected the id of an undelivered notification'))
  .min(1, 'expected at least one id')
  .max(1000, 'expected at most 1000 ids');

export const listUndelivered = operation({
  name: 'listUndelivered',
  method: 'GET',
  path: '/api/v1/receivers/undelivered',
  access: 'admin',
  summary: 'Notifications that were given up and that nobody has seen to yet, newest first.',
  input: z.object(page),
  output: z.object({
    items: z.array(undeliveredSchema),
    next: z.string().nullable(),
    /** Over all pages. */
    total: z.number(),
  }),
});

export const resendUndelivered = operation({
  name: 'resendUndelivered',
  method: 'POST',
  path: '/api/v1/receivers/undelivered/resend',
  access: 'admin',
  summary: 'Send notifications again that were given up: all of these or, where one cannot be, none.',
  input: z.object({ ids }).strict(),
  output: z.object({ count: z.number() }),
});

export const dismissUndelivered = operation({
  name: 'dismissUndelivered',
  method: 'POST',
  path: '/api/v1/receivers/undelivered/dismiss',
  access: 'admin',
  summary: 'Lay notifications aside that were given up: their receivers are not told.',
  input: z.object({ ids }).strict(),
  output: z.object({ count: z.number() }),
});
