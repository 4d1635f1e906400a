import { z } from 'zod';
import { deliverySchema } from '../src/api/alerts.ts';
import type { Alert } from '../src/core/alerts/alert.ts';
import { SEVERITIES } from '../src/core/alerts/severity.ts';
import type { Json } from '../src/core/json.ts';
import type { EpochMs } from '../src/core/units.ts';

/** Kind of the jobs that are notifications; their queue is the receiver, their subject the alert. */
export const NOTIFY = 'notify';

/** What a notify job carries: the alert as it stood when it was announced, so that a late delivery says what happened then. */
export interface NotifyPayload {
  readonly kind: z.output<typeof deliverySchema>['kind'];
  readonly reason: string;
  readonly at: EpochMs;
  readonly alert: Alert;
}

/** Of the alert only what is read of it before it is sent: the engine has written it whole. */
const schema = z.looseObject({
  kind: deliverySchema.shape.kind,
  reason: z.string(),
  at: z.number(),
  alert: z.looseObject({ id: z.string(), summary: z.string(), severity: z.enum(SEVERITIES) }),
});

/** @throws Error when a job holds something else, which only another program can have written */
export function parsePayload({ id, payload }: { readonly id: string; readonly payload: Json }): NotifyPayload {
  const { success, data } = schema.safeParse(payload);
  if (!success) {
    throw new Error(`job ${id} holds no notification`);
  }
  return data as unknown as NotifyPayload;
}
