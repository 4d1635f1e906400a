import { STATUS_CODES } from 'node:http';
import type { EpochMs } from '../../src/core/units.ts';
import type { DeliveryResult } from './receiver.ts';

export interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

/** These say "not now" rather than "not like this". */
const RETRYABLE_4XX = new Set([408, 425, 429]);

/** `429 Too Many Requests`. The body is never repeated: it is the other side's text and may hold anything. */
const name = (status: number): string => `${status} ${STATUS_CODES[status] ?? ''}`.trim();

/** What an HTTP status means for a delivery. */
export function readAnswer({ status, retryAfter }: Answer, now: EpochMs): DeliveryResult {
  const message = `answered ${name(status)}`;
  if (status >= 200 && status < 300) {
    return { ok: true, message };
  }
  if (status >= 300 && status < 400) {
    return { ok: false, retryable: false, message: `${message}; redirects are not followed`, retryAfterMs: null };
  }
  const retryable = status >= 500 || RETRYABLE_4XX.has(status);
  return { ok: false, retryable, message, retryAfterMs: retryable ? parseRetryAfter(retryAfter, now) : null };
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** Seconds or an HTTP date (RFC 9110, 10.2.3), as milliseconds from now; null when there is none. */
export function parseRetryAfter(text: string | undefined, now: EpochMs): number | null {
  if (text === undefined) {
    return null;
  }
  if (/^\d{1,9}$/.test(text.trim())) {
    return Number(text) * 1000;
  }
  const at = HTTP_DATE.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
