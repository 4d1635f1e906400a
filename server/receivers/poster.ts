import { request } from 'undici';
import type { EpochMs } from '../../src/core/units.ts';
import { EngineError, messageOf } from '../errors.ts';
import { checkDestination, guardedDispatcher, type EgressPolicy, type Resolve } from './guard.ts';
import { readAnswer } from './readAnswer.ts';
import type { DeliveryResult } from './receiver.ts';
import type { HttpPost } from './receiverIo.ts';
import { REFUSED } from './tellFailure.ts';

/** Nothing of an answer is used but its status; more than this is not even read. */
const MAX_ANSWER_BYTES = 64 * 1024;

export interface PostOptions {
  readonly policy: EgressPolicy;
  readonly resolve: Resolve;
  readonly signal: AbortSignal;
  readonly now: () => EpochMs;
}

/** Sends one POST to a checked address; never throws and never follows a redirect. */
export async function post(what: HttpPost, options: PostOptions): Promise<DeliveryResult> {
  try {
    return await send(what, options);
  } catch (error) {
    return failureOf(error, options.signal);
  }
}

/** What an exception of a delivery means: a closed address stays closed, everything else may pass. */
export function failureOf(error: unknown, signal: AbortSignal): DeliveryResult {
  if (error instanceof EngineError && error.code === 'guarded_address') {
    return { ok: false, retryable: false, message: `${REFUSED}: ${error.message}`, retryAfterMs: null };
  }
  const message = signal.aborted ? messageOf(signal.reason) : `could not be reached: ${messageOf(error)}`;
  return { ok: false, retryable: true, message, retryAfterMs: null };
}

async function send(what: HttpPost, { policy, resolve, signal, now }: PostOptions): Promise<DeliveryResult> {
  const destination = await abortable(checkDestination(what.url, policy, resolve), signal);
  const dispatcher = guardedDispatcher(destination);
  try {
    const response = await request(destination.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Pharos', ...what.headers },
      body: what.body,
      dispatcher,
      signal,
    });
    const retryAfter = response.headers['retry-after'];
    // The status is the answer: a body that breaks off or never ends changes nothing about it.
    await response.body.dump({ limit: MAX_ANSWER_BYTES, signal }).catch(() => undefined);
    const { statusCode: status } = response;
    return readAnswer({ status, retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined }, now());
  } finally {
    await dispatcher.destroy();
  }
}

/** Gives up waiting when the signal fires; what was waited for may go on without anybody listening. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
    if (signal.aborted) {
      onAbort();
    }
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
