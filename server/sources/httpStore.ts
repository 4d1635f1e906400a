import { request, type Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { EngineError, messageOf } from '../errors.ts';
import { createDispatcherCache, type Guard } from './guardedConnection.ts';
import {
  createProtection,
  DEFAULT_LIMITS,
  isRefusedByBreaker,
  isRefusedByBulkhead,
  type Protection,
  type ProtectionLimits,
} from './protection.ts';
import { readBody, type BodyLimits } from './readBody.ts';
import type { SourceHealth, SourceKind } from './source.ts';
import { createHealthRecord, type HealthRecord } from './sourceHealth.ts';
import { StoreFailure } from './storeFailure.ts';

/** Where a store is and how to speak to it. */
export interface StoreAddress {
  readonly kind: SourceKind;
  readonly name: string;
  /** Without a trailing slash; may carry a user and a password. */
  readonly url: string;
  /** Sent as `X-Scope-OrgID`; empty for none. */
  readonly tenant: string;
  /** Bearer token; empty for none. */
  readonly token: string;
}

export interface StoreOptions {
  readonly clock: Clock;
  /** For addresses that came in through the API; those of the deployment's own settings need none. */
  readonly guard?: Guard | undefined;
  readonly limits?: Partial<ProtectionLimits> | undefined;
}

export interface StoreRequest<T> {
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Parameters travel in the body: expressions are longer than some proxies let an address be. */
  readonly method?: 'GET' | 'POST';
  readonly signal: AbortSignal;
  /** Turns the JSON answer into a value; what it throws counts as garbage. */
  readonly parse: (body: unknown) => T;
  /** Statuses that mean "this store has no such thing", answered by `undefined`. */
  readonly absentOn?: readonly number[];
  /** Where they are not the usual ones. */
  readonly limits?: BodyLimits;
}

/** JSON over HTTP to one store, behind a breaker, a timeout and a bulkhead. */
export interface HttpStore {
  /** @throws EngineError `source_failed` with the store's own words, but no addresses; its cause has them, and so has `health` */
  ask<T>(request: StoreRequest<T>): Promise<T | undefined>;
  health(): SourceHealth;
  readonly record: Pick<HealthRecord, 'sawDataOf'>;
  /** Asks, and keeps what came of it for `health`; never throws. */
  check(ask: () => Promise<unknown>): Promise<void>;
}

/** A store for the engine's own questions, whose outcome is the health that both ways show. */
export interface SharedHttpStore extends HttpStore {
  /** For the questions of callers: they fill no bulkhead and open no breaker but those of this way. */
  readonly forCallers: HttpStore;
  close(): Promise<void>;
}

const STORE_NAMES: Readonly<Record<SourceKind, string>> = {
  prometheus: 'Prometheus',
  loki: 'Loki',
  tempo: 'Tempo',
  grafana: 'Grafana',
};

const speaksAgainstStore = (error: unknown): error is StoreFailure =>
  error instanceof StoreFailure && error.countsAgainstStore;

export function createHttpStore(address: StoreAddress, { clock, guard, limits }: StoreOptions): SharedHttpStore {
  const merged = { ...DEFAULT_LIMITS, ...limits };
  const record = createHealthRecord(clock);
  const connections = createDispatcherCache(guard, clock);
  const headers = headersOf(address);
  const base = withoutCredentials(address.url);
  const title =
    STORE_NAMES[address.kind] === address.name ? address.name : `${STORE_NAMES[address.kind]} ${address.name}`;

  const own = createProtection(merged, speaksAgainstStore);
  const ofCallers = createProtection(merged, speaksAgainstStore);

  /** @param keeps what is told of each outcome */
  const askThrough =
    (protection: Protection, keeps: Pick<HealthRecord, 'succeeded' | 'failed'>): HttpStore['ask'] =>
    async (asked) => {
      const attempt = async (signal: AbortSignal) => {
        const started = clock.now();
        const dispatcher = await connections.get(base);
        const answer = await send({ base, headers, dispatcher, signal }, asked);
        keeps.succeeded(clock.now() - started);
        return answer;
      };
      try {
        return await protection.run(
          (signal) => translate(attempt(signal), { caller: asked.signal, signal, timeoutMs: merged.timeoutMs }),
          asked.signal
        );
      } catch (error) {
        if (speaksAgainstStore(error)) {
          keeps.failed(error.message);
        }
        throw asEngineError(error, title);
      }
    };

  const shared: Omit<HttpStore, 'ask'> = {
    record,
    health: () => record.read({ breakerOpen: own.isOpen() }),
    async check(question) {
      try {
        await question();
      } catch {
        // Kept by `ask`, where it says something about the store.
      }
    },
  };
  return {
    ...shared,
    ask: askThrough(own, record),
    // A caller's dear question says nothing of whether the store is well: the engine's own, which are asked all the time, do.
    forCallers: { ...shared, ask: askThrough(ofCallers, UNKEPT) },
    close: () => connections.close(),
  };
}

const UNKEPT = { succeeded: () => undefined, failed: () => undefined };

export function headersOf({ url, tenant, token }: StoreAddress): Record<string, string> {
  const { username, password } = new URL(url);
  const basic = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64');
  return {
    accept: 'application/json',
    ...(tenant === '' ? {} : { 'x-scope-orgid': tenant }),
    ...(username === '' ? {} : { authorization: `Basic ${basic}` }),
    ...(token === '' ? {} : { authorization: `Bearer ${token}` }),
  };
}

/** The address that may be shown and logged. */
export function withoutCredentials(text: string): string {
  const url = new URL(text);
  url.username = '';
  url.password = '';
  return url.href.replace(/\/+$/, '');
}

interface Connection {
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher | undefined;
  readonly signal: AbortSignal;
}

async function send<T>(connection: Connection, asked: StoreRequest<T>): Promise<T | undefined> {
  const { base, headers, dispatcher, signal } = connection;
  const { path, params = {}, method = 'GET' } = asked;
  const query = new URLSearchParams(params).toString();
  const form = method === 'POST';
  const response = await request(`${base}${path}${form || query === '' ? '' : `?${query}`}`, {
    method,
    headers: form ? { ...headers, 'content-type': 'application/x-www-form-urlencoded' } : headers,
    body: form ? query : null,
    signal,
    ...(dispatcher === undefined ? {} : { dispatcher }),
  });
  if (asked.absentOn?.includes(response.statusCode) === true) {
    await response.body.dump();
    return undefined;
  }
  const body = await readBody(response, asked.limits);
  try {
    return asked.parse(body);
  } catch (error) {
    throw new StoreFailure(`answered something unexpected: ${messageOf(error)}`, { countsAgainstStore: true });
  }
}

/** Turns what undici throws into sentences, and tells the store's fault from a caller who went away. */
async function translate<T>(
  answer: Promise<T>,
  { caller, signal, timeoutMs }: { caller: AbortSignal; signal: AbortSignal; timeoutMs: number }
): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof EngineError && error.code === 'guarded_address') {
      throw new StoreFailure(`is at an address that is not allowed: ${error.message}`, {
        ...{ countsAgainstStore: true, told: 'is at an address that is not allowed', cause: error },
      });
    }
    if (error instanceof StoreFailure || error instanceof EngineError) {
      throw error;
    }
    if (caller.aborted) {
      throw new StoreFailure('was not waited for: the request ended before the answer', { countsAgainstStore: false });
    }
    if (signal.aborted) {
      throw new StoreFailure(`gave no answer within ${timeoutMs / 1000} s`, { countsAgainstStore: true, cause: error });
    }
    throw new StoreFailure(`cannot be reached: ${causeOf(error)}`, {
      ...{ countsAgainstStore: true, told: 'cannot be reached', cause: error },
    });
  }
}

/** Node hides the reason of a refused connection inside an AggregateError without a message. */
function causeOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') {
    return error.errors.map(messageOf).join('; ');
  }
  return messageOf(error);
}

function asEngineError(error: unknown, title: string): EngineError {
  if (error instanceof EngineError) {
    return error;
  }
  if (isRefusedByBreaker(error)) {
    return new EngineError('source_failed', `${title} has failed several times and is not queried for a moment.`, {
      cause: error,
    });
  }
  if (isRefusedByBulkhead(error)) {
    return new EngineError('source_failed', `${title} is not queried: too many queries are waiting for it already.`, {
      cause: error,
    });
  }
  const words = error instanceof StoreFailure ? error.told : messageOf(error);
  return new EngineError('source_failed', `${title} ${words}.`, { cause: error });
}
