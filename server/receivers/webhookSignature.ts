import { createHmac } from 'node:crypto';
import type { EpochMs } from '../../src/core/units.ts';

const PREFIX = 'whsec_';

/** Why a text is no Standard Webhooks secret, or undefined when it is one. */
export function findSecretFlaw(secret: string): string | undefined {
  const encoded = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : '';
  const length = /^[A-Za-z0-9+/]+={0,2}$/.test(encoded) ? Buffer.from(encoded, 'base64').length : 0;
  return length >= 24 && length <= 64 ? undefined : 'expected whsec_ and base64 of 24 to 64 bytes';
}

/**
 * Headers of a signed request by Standard Webhooks 1.0: HMAC-SHA256 over `id.timestamp.body`, key and signature in base64.
 * @param secret one that `findSecretFlaw` finds no flaw in
 */
export function signatureHeaders(
  secret: string,
  message: { readonly id: string; readonly at: EpochMs; readonly body: string }
): Readonly<Record<string, string>> {
  const timestamp = String(Math.floor(message.at / 1000));
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signature = createHmac('sha256', key).update(`${message.id}.${timestamp}.${message.body}`).digest('base64');
  return { 'webhook-id': message.id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}
