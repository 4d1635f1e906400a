import {
  BrokenCircuitError,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhenResult,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import type { ReceiverSender } from '../deps.ts';
import { messageOf } from '../errors.ts';
import type { Secrets } from '../secrets.ts';
import type { StoredReceiver } from '../store/store.ts';
import { systemResolve, type EgressPolicy, type Resolve } from './guard.ts';
import { sendMail } from './mailer.ts';
import { post } from './poster.ts';
import { readSecrets } from './readSecrets.ts';
import type { DeliveryResult, Notification } from './receiver.ts';
import type { Mail, ReceiverIo } from './receiverIo.ts';
import { RECEIVERS } from './receivers.ts';
import { redact } from './redact.ts';

export interface SenderDeps {
  readonly config: Pick<Config, 'egressAllow' | 'smtpUrl' | 'smtpFrom'>;
  readonly secrets: Pick<Secrets, 'decrypt'>;
  readonly clock: Clock;
  readonly log: Pick<Logger, 'warn'>;
  /** Default: the system's resolver. */
  readonly resolve?: Resolve;
}

/** For one request or mail, from the look-up of the name to the last byte. */
const CALL_TIMEOUT_MS = 10_000;

const FAILURES_TO_OPEN = 5;
/** First probe of an open breaker after 10 s, then twice as long each time, up to 5 minutes. */
const HALF_OPEN_AFTER = { initialDelay: 10_000, maxDelay: 300_000 };

const failed = (message: string, retryable: boolean): DeliveryResult => ({
  ok: false,
  retryable,
  message,
  retryAfterMs: null,
});

/** Sends to receivers of any kind: secrets decrypted only here, the guard on every address, a breaker for each receiver. */
export function createSender(deps: SenderDeps): ReceiverSender {
  const breakers = new Map<string, CircuitBreakerPolicy>();

  return {
    async send(receiver, notification, signal) {
      const attempt = () => sendOnce(deps, { receiver, notification, signal });
      // A person who presses "test" wants an answer from the other side, not from the breaker.
      if (notification.test) {
        return attempt();
      }
      return throughBreaker(breakerOf(breakers, receiver), attempt);
    },
  };
}

/** A changed receiver begins with a closed breaker: what was wrong may be what was changed. */
function breakerOf(breakers: Map<string, CircuitBreakerPolicy>, receiver: StoredReceiver): CircuitBreakerPolicy {
  const prefix = JSON.stringify([receiver.namespace, receiver.name]);
  const key = `${prefix} ${receiver.updatedAt}`;
  const present = breakers.get(key);
  if (present !== undefined) {
    return present;
  }
  for (const old of breakers.keys()) {
    if (old.startsWith(`${prefix} `)) {
      breakers.delete(old);
    }
  }
  const isFailure = (result: unknown): boolean =>
    typeof result === 'object' && result !== null && 'retryable' in result && result.retryable === true;
  const breaker = circuitBreaker(handleWhenResult(isFailure), {
    halfOpenAfter: new ExponentialBackoff(HALF_OPEN_AFTER),
    breaker: new ConsecutiveBreaker(FAILURES_TO_OPEN),
  });
  breakers.set(key, breaker);
  return breaker;
}

async function throughBreaker(
  breaker: CircuitBreakerPolicy,
  attempt: () => Promise<DeliveryResult>
): Promise<DeliveryResult> {
  try {
    return await breaker.execute(attempt);
  } catch (error) {
    if (error instanceof BrokenCircuitError) {
      return failed(`not tried: it failed ${FAILURES_TO_OPEN} times in a row and is given time to recover`, true);
    }
    return failed(messageOf(error), true);
  }
}

interface Sending {
  readonly receiver: StoredReceiver;
  readonly notification: Notification;
  readonly signal: AbortSignal;
}

async function sendOnce(deps: SenderDeps, { receiver, notification, signal }: Sending): Promise<DeliveryResult> {
  const secrets = readSecrets(deps.secrets, receiver);
  if (secrets === undefined) {
    return failed('its secrets cannot be decrypted with the key of this engine: enter them again', false);
  }
  const kind = RECEIVERS[receiver.kind];
  try {
    const result = await within(deps.clock, { ms: kind.timeoutMs, signal }, (bounded) =>
      kind.send({ ...receiver.settings, ...secrets }, notification, createIo(deps, bounded, notification.traceparent))
    );
    return { ...result, message: redact(result.message, secrets) };
  } catch (error) {
    const message = redact(messageOf(error), secrets);
    deps.log.warn({ receiver: receiver.name, kind: receiver.kind, reason: message }, 'a receiver failed unexpectedly');
    return failed(message, true);
  }
}

/** Runs something with a signal that also fires after `ms`. */
async function within<T>(
  clock: Clock,
  { ms, signal }: { ms: number; signal: AbortSignal },
  work: (bounded: AbortSignal) => Promise<T>
): Promise<T> {
  const timeout = new AbortController();
  const cancel = clock.after(ms, () => timeout.abort(new Error(`no answer within ${ms / 1000} s`)));
  try {
    return await work(AbortSignal.any([signal, timeout.signal]));
  } finally {
    cancel();
  }
}

function createIo(
  { config, clock, resolve = systemResolve }: SenderDeps,
  signal: AbortSignal,
  traceparent: string | undefined
): ReceiverIo {
  const policy: EgressPolicy = { allow: config.egressAllow };
  const options = { policy, resolve, now: () => clock.now() };
  const call = { ms: CALL_TIMEOUT_MS, signal };
  return {
    now: () => clock.now(),
    post: (request) => {
      const headers = traceparent === undefined ? request.headers : { ...request.headers, traceparent };
      return within(clock, call, (bounded) => post({ ...request, headers }, { ...options, signal: bounded }));
    },
    mail: (mail: Mail, ownSmtpUrl) => {
      const url = ownSmtpUrl ?? config.smtpUrl;
      if (url === undefined) {
        return Promise.resolve(
          failed('there is no mail server: set smtpUrl of the receiver or PHAROS_SMTP_URL of the deployment', false)
        );
      }
      const from = mail.from === '' ? config.smtpFrom : mail.from;
      const server = { url, trusted: ownSmtpUrl === undefined };
      return within(clock, call, (bounded) => sendMail({ ...mail, from }, server, { ...options, signal: bounded }));
    },
  };
}
