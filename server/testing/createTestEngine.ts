import { SignJWT } from 'jose';
import pino, { type Logger } from 'pino';
import { RELAY_AUDIENCE, RELAY_ISSUER, type RelayClaims } from '../../src/api/relayToken.ts';
import type { AgeSignal } from '../../src/core/signals/catalogue.ts';
import type { EpochMs } from '../../src/core/units.ts';
import { addAlertmanagerRoutes } from '../alertmanager/addAlertmanagerRoutes.ts';
import { loadConfig } from '../config.ts';
import type { Deps, Discovery, DiscoveredService, NewestData } from '../deps.ts';
import { createApp } from '../http/createApp.ts';
import { createAuditNotes } from '../http/auditNotes.ts';
import { createIntakeBound } from '../http/intakeBound.ts';
import { createMetrics } from '../metrics.ts';
import { createChangePolls } from '../operations/system/changePolls.ts';
import { OPERATIONS } from '../operations/table.ts';
import { createBackups } from '../pipeline/backups.ts';
import { createPipeline } from '../pipeline/createPipeline.ts';
import type { EvaluatorStats } from '../pipeline/pipeline.ts';
import { compileRegex } from '../regex.ts';
import { createSecrets, hashToken, randomToken } from '../secrets.ts';
import { createLookup } from '../sources/createSources.ts';
import type { Source, Sources } from '../sources/source.ts';
import { createTestStore, type TestStore } from '../store/testing/createTestStore.ts';
import { createTraceCache } from '../traceCache.ts';
import { createTestClock, type TestClock } from './testClock.ts';

const NO_EVALUATIONS: EvaluatorStats = {
  rules: 0,
  perSecond: 0,
  lastDurationMs: null,
  lastAt: null,
  late: 0,
  missed: 0,
  failed: 0,
};

export interface TestRequest {
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestEngine {
  readonly deps: Deps;
  readonly store: TestStore;
  readonly clock: TestClock;
  /** How often the evaluator was told to compile anew. */
  reloads(): number;
  request(method: string, path: string, request?: TestRequest): Promise<Response>;
  /** A token of a namespace and scope. */
  token(scope: 'intake' | 'read' | 'write' | 'admin', namespace?: string): Promise<string>;
  relayToken(claims: Partial<RelayClaims>): Promise<string>;
  dispose(): Promise<void>;
}

export interface TestEngineOptions {
  readonly services?: readonly DiscoveredService[];
  readonly sources?: readonly Source[];
  /** Those of other namespaces than the default one, by namespace. */
  readonly otherSources?: Readonly<Record<string, readonly Source[]>>;
  /** The newest data of services in the default namespace. */
  readonly newest?: Partial<Readonly<Record<AgeSignal, NewestData>>>;
  /** Settings beside the folder and the log. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: there is no other engine. */
  readonly leadership?: Deps['leadership'];
  /** Default: a silent one. */
  readonly log?: Logger;
}

/** The engine's HTTP surface on a real store and pipeline, with a clock to move; sources and discovery answer what the test says. */
export async function createTestEngine(options: TestEngineOptions = {}): Promise<TestEngine> {
  const clock = createTestClock();
  const store = await createTestStore({ clock });
  const config = loadConfig({ PHAROS_DATA_DIR: store.dataDir, PHAROS_LOG_LEVEL: 'silent', ...options.environment });
  const log = options.log ?? pino({ level: 'silent' });
  const metrics = createMetrics();
  let reloads = 0;
  const deps: Deps = {
    ...{ config, clock, log, store, compileRegex },
    secrets: createSecrets(config.secretKey),
    leadership: options.leadership ?? { isLeader: () => true, leader: () => 'this one' },
    pipeline: createPipeline({ store, clock, log, compileRegex }),
    evaluator: {
      start: () => undefined,
      stop: () => Promise.resolve(),
      stats: () => NO_EVALUATIONS,
      reload: () => void reloads++,
    },
    delivery: { lookedAt: () => clock.now() },
    discovery: fakeDiscovery(options, clock.now()),
    sources: fakeSources({ default: options.sources ?? [], ...options.otherSources }),
    sender: { send: () => Promise.resolve({ ok: true, message: 'the test receiver took it' }) },
    backups: createBackups({
      ...{ clock, log, source: { databaseUrl: null, dataDir: store.dataDir }, version: '0.0.0-test' },
      ...{ folder: config.backupDir, at: config.backupAt, keep: config.backupKeep },
    }),
    metrics,
    auditNotes: createAuditNotes({ store, clock, log }),
    intakeBound: createIntakeBound({ config, log }),
    traceCache: createTraceCache(),
    changePolls: createChangePolls(store.read.changes),
    randomId: randomToken,
    startedAt: clock.now(),
    version: '0.0.0-test',
  };
  const app = createApp({
    deps,
    operations: OPERATIONS,
    consoleDir: '/nowhere',
    extend: (hono) => addAlertmanagerRoutes(hono, deps),
  });
  return {
    ...{ deps, store, clock, reloads: () => reloads },
    request: async (method, path, { token, body, headers = {} } = {}) =>
      app.request(`http://localhost${path}`, {
        method,
        headers: {
          host: 'localhost',
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    token: (scope, namespace = 'default') => storeToken(store, { scope, namespace, now: clock.now() }),
    relayToken: (claims) => signRelay(config.relaySecret, clock, claims),
    dispose: () => store.dispose(),
  };
}

async function storeToken(
  store: TestStore,
  { scope, namespace, now }: { scope: 'intake' | 'read' | 'write' | 'admin'; namespace: string; now: EpochMs }
): Promise<string> {
  const secret = randomToken(32);
  await store.write((tx) =>
    tx.tokens.save({
      ...{ namespace, scope, id: randomToken(6), name: `${scope} of ${namespace}`, hash: hashToken(secret) },
      ...{ createdAt: now, createdBy: 'test', lastUsedAt: now, revokedAt: null },
    })
  );
  return secret;
}

function signRelay(secret: string, clock: TestClock, claims: Partial<RelayClaims>): Promise<string> {
  const iat = Math.floor(clock.now() / 1000);
  const full: RelayClaims = {
    ...{ iss: RELAY_ISSUER, aud: RELAY_AUDIENCE, iat, exp: iat + 30 },
    ...{ sub: 'user:2', login: 'ada', role: 'Admin' satisfies string, namespace: 'default', call: 'resource' },
    ...claims,
  };
  return new SignJWT({ ...full }).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(secret));
}

function fakeDiscovery({ services = [], newest = {} }: TestEngineOptions, now: EpochMs): Discovery {
  return {
    services: (namespace) => (namespace === 'default' ? services : []),
    asOf: () => now,
    signalExpr: (_namespace, signal, service) => `${signal}{service="${service ?? ''}"}`,
    versionsExpr: (_namespace, service) => `versions{service="${service}"}`,
    newest: (namespace, signal) => (namespace === 'default' ? newest[signal] : undefined),
    start: () => undefined,
    stop: () => Promise.resolve(),
  };
}

function fakeSources(byNamespace: Readonly<Record<string, readonly Source[]>>): Sources {
  const list = (namespace: string): readonly Source[] => byNamespace[namespace] ?? [];
  return {
    list,
    everywhere: () =>
      Object.entries(byNamespace).flatMap(([namespace, sources]) => sources.map((source) => ({ namespace, source }))),
    ...createLookup(list),
    own: createLookup(list),
    reload: () => Promise.resolve(),
    namespaces: () => Object.keys(byNamespace),
    start: () => undefined,
    stop: () => Promise.resolve(),
  };
}
