import { z } from 'zod';
import type { Json, JsonObject } from '../../src/core/json.ts';
import type { EpochMs } from '../../src/core/units.ts';
import type { Notification, NotifiedAlert } from './receiver.ts';
import { receiverKind } from './receiverKind.ts';
import { findSecretFlaw, signatureHeaders } from './webhookSignature.ts';
import { statusOf, worstStatus } from './wording.ts';

const header = z
  .string()
  .max(4096)
  .regex(/^[\x20-\x7e]*$/, 'expected printable ASCII characters')
  .optional();

const schema = z
  .strictObject({
    url: z.string('expected an address').min(1, 'expected an address').max(2048),
    secret: z
      .string()
      .refine((text) => findSecretFlaw(text) === undefined, 'expected whsec_ and base64 of 24 to 64 bytes')
      .optional(),
    bearerToken: header,
    basicUser: header.refine((text) => text?.includes(':') !== true, 'expected a user name without a colon'),
    basicPassword: header,
  })
  .refine((settings) => settings.bearerToken === undefined || settings.basicUser === undefined, {
    path: ['bearerToken'],
    message: 'expected either a bearer token or a user name, not both',
  });
type Settings = z.output<typeof schema>;

const iso = (at: EpochMs): string => new Date(at).toISOString();

const alertBody = (entry: NotifiedAlert): JsonObject => {
  const { alert, kind, reason, url } = entry;
  const ack = alert.acknowledged;
  return {
    id: alert.id,
    fingerprint: alert.fingerprint,
    status: statusOf(entry),
    kind,
    severity: alert.severity,
    summary: alert.summary,
    reason,
    service: alert.service,
    ruleId: alert.ruleId,
    value: alert.value,
    unit: alert.unit,
    labels: alert.labels,
    annotations: alert.annotations,
    startsAt: iso(alert.startsAt),
    resolvedAt: alert.resolvedAt === null ? null : iso(alert.resolvedAt),
    acknowledged: ack === null ? null : { by: ack.by, at: iso(ack.at), comment: ack.comment },
    url,
  };
};

/** The body as `src/api/webhookPayload.ts` documents it. */
export const buildPayload = ({ id, receiver, test, alerts }: Notification): Json => ({
  version: '1',
  id,
  receiver,
  status: worstStatus(alerts),
  test,
  alerts: alerts.map(alertBody),
});

function authorization({ bearerToken, basicUser, basicPassword }: Settings): Record<string, string> {
  if (bearerToken !== undefined && bearerToken !== '') {
    return { authorization: `Bearer ${bearerToken}` };
  }
  if (basicUser !== undefined && basicUser !== '') {
    const credentials = Buffer.from(`${basicUser}:${basicPassword ?? ''}`).toString('base64');
    return { authorization: `Basic ${credentials}` };
  }
  return {};
}

export const webhook = receiverKind({
  schema,
  urlSettings: ['url'],
  fields: [
    {
      name: 'url',
      label: 'Address',
      // Whoever knows it may post there: chats and pagers put the key into the path or the query.
      description: 'Where to POST; https, unless the deployment allows the place.',
      secret: true,
      required: true,
    },
    {
      name: 'secret',
      label: 'Signing secret',
      description: 'whsec_ and base64 of 24 to 64 bytes. Signs each request as Standard Webhooks describes.',
      secret: true,
      required: false,
    },
    {
      name: 'bearerToken',
      label: 'Bearer token',
      description: 'Sent as Authorization: Bearer.',
      secret: true,
      required: false,
    },
    {
      name: 'basicUser',
      label: 'User name',
      description: 'For HTTP Basic authentication.',
      secret: false,
      required: false,
    },
    {
      name: 'basicPassword',
      label: 'Password',
      description: 'For HTTP Basic authentication.',
      secret: true,
      required: false,
    },
  ],
  send(settings, notification, io) {
    const body = JSON.stringify(buildPayload(notification));
    const message = { id: notification.id, at: io.now(), body };
    const signed =
      settings.secret === undefined ? { 'webhook-id': notification.id } : signatureHeaders(settings.secret, message);
    return io.post({ url: settings.url, headers: { ...signed, ...authorization(settings) }, body });
  },
});
