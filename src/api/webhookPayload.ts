import { z } from 'zod';
import { SEVERITIES } from '../core/alerts/severity.ts';
import { storedLabels } from './wire.ts';

const STATUSES = ['firing', 'no_data', 'resolved'] as const;
const instant = z.iso.datetime();

const webhookAlert = z.strictObject({
  /** One episode, from firing to resolved; use it to tie the messages of an alert together. */
  id: z.string(),
  /** The same over all episodes. */
  fingerprint: z.string(),
  status: z.enum(STATUSES),
  /** What happened: it fired, its severity rose, its data went missing, it resolved. */
  kind: z.enum(['fired', 'severity_raised', 'no_data', 'resolved']),
  severity: z.enum(SEVERITIES),
  summary: z.string(),
  reason: z.string(),
  service: z.string(),
  ruleId: z.string(),
  value: z.number().nullable(),
  unit: z.string().nullable(),
  labels: storedLabels,
  annotations: storedLabels,
  startsAt: instant,
  resolvedAt: instant.nullable(),
  acknowledged: z.strictObject({ by: z.string(), at: instant, comment: z.string() }).nullable(),
  /** Page of the alert. */
  url: z.string(),
});

/**
 * Body of a webhook notification. The headers `webhook-id`, `webhook-timestamp` and `webhook-signature` are those of Standard
 * Webhooks; `webhook-id` equals `id` and stays the same when a delivery is repeated.
 *
 * @internal What a receiver of ours may rely on: tests hold what is sent to it.
 */
export const webhookPayloadSchema = z.strictObject({
  version: z.literal('1'),
  id: z.string(),
  receiver: z.string(),
  /** The worst of the alerts: firing, then no_data, then resolved. */
  status: z.enum(STATUSES),
  /** True for a test send from the settings. */
  test: z.boolean(),
  alerts: z.array(webhookAlert),
});
