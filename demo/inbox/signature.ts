import { createHmac, timingSafeEqual } from 'node:crypto';

/** Older or younger than this, a signed request is a replay or comes from a broken clock (Standard Webhooks 1.0). */
const toleranceSeconds = 300;

const prefix = 'whsec_';

export interface SignedRequest {
  readonly id: string;
  /** Seconds since the epoch, as the header has it. */
  readonly timestamp: string;
  readonly signature: string;
  readonly body: string;
}

/**
 * Reads a Standard Webhooks secret.
 *
 * @throws Error when it is not `whsec_` and base64 of 24 to 64 bytes; the secret itself is not in the text
 */
export function parseSecret(secret: string): Buffer {
  const encoded = secret.startsWith(prefix) ? secret.slice(prefix.length) : undefined;
  if (encoded === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) {
    throw new Error(`The webhook secret has the wrong form: expected ${prefix} followed by base64.`);
  }
  const key = Buffer.from(encoded, 'base64');
  if (key.length < 24 || key.length > 64) {
    throw new Error(`The webhook secret holds ${key.length} bytes: expected 24 to 64.`);
  }
  return key;
}

/** The signature of a request as Standard Webhooks has it: `v1,` and base64 of HMAC-SHA256 over `id.timestamp.body`. */
export function sign(key: Buffer, request: Omit<SignedRequest, 'signature'>): string {
  const { id, timestamp, body } = request;
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

/**
 * Checks a request against a secret.
 *
 * @param nowSeconds seconds since the epoch
 * @returns undefined when it is genuine, else a sentence that says why it is not
 */
export function findFlaw(key: Buffer, request: SignedRequest, nowSeconds: number): string | undefined {
  const missing = [
    ['webhook-id', request.id],
    ['webhook-timestamp', request.timestamp],
    ['webhook-signature', request.signature],
  ].find(([, value]) => value === '');
  if (missing !== undefined) {
    return `The header ${missing[0]} is missing.`;
  }
  if (!/^\d{1,12}$/.test(request.timestamp)) {
    return 'The header webhook-timestamp is not a number of seconds.';
  }
  const age = nowSeconds - Number(request.timestamp);
  if (Math.abs(age) > toleranceSeconds) {
    return `The request is ${Math.abs(Math.round(age))} s ${age > 0 ? 'old' : 'ahead'}: at most ${toleranceSeconds} s are allowed.`;
  }
  const expected = Buffer.from(sign(key, request));
  // Several signatures stand side by side while a secret is being changed.
  const genuine = request.signature.split(' ').some((given) => isEqual(Buffer.from(given), expected));
  return genuine ? undefined : 'The signature does not match the body and the secret.';
}

function isEqual(given: Buffer, expected: Buffer): boolean {
  return given.length === expected.length && timingSafeEqual(given, expected);
}
