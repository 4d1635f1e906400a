import { hostname } from 'node:os';
import path from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import packageJson from '../package.json' with { type: 'json' };
import { addAlertmanagerRoutes } from './alertmanager/addAlertmanagerRoutes.ts';
import { systemClock } from './clock.ts';
import type { Config } from './config.ts';
import type { Deps } from './deps.ts';
import { createApp } from './http/createApp.ts';
import { createAuditNotes } from './http/auditNotes.ts';
import { createIntakeBound } from './http/intakeBound.ts';
import { createLeadership, type Leadership } from './jobs/leadership.ts';
import { keepGauges } from './keepGauges.ts';
import { createLog } from './log.ts';
import { consoleUrl, makeLoginLink } from './loginLink.ts';
import { measuredIntake, measuredSender, measuredStore } from './measured.ts';
import { createMetrics } from './metrics.ts';
import { createChangePolls } from './operations/system/changePolls.ts';
import { notReady } from './operations/system/notReady.ts';
import { OPERATIONS } from './operations/table.ts';
import { createAuditWitness } from './pipeline/witnessAudit.ts';
import { createBackups, type Backups } from './pipeline/backups.ts';
import { createPipeline } from './pipeline/createPipeline.ts';
import { createDelivery } from './pipeline/delivery.ts';
import { createDiscovery } from './pipeline/discovery.ts';
import { createEvaluator } from './pipeline/evaluator.ts';
import { createHeartbeat, type Heartbeat, type HeartbeatOutcome } from './pipeline/heartbeat.ts';
import { createRetention } from './pipeline/retention.ts';
import { createSender } from './receivers/createSender.ts';
import { checkDestination, guardedDispatcher, systemResolve } from './receivers/guard.ts';
import { sealReceivers } from './receivers/sealReceivers.ts';
import { compileRegex } from './regex.ts';
import { createSecrets, randomToken } from './secrets.ts';
import { createMetricCatalogue } from './sources/metricCatalogue.ts';
import { createSources } from './sources/createSources.ts';
import { noTracing, type Tracing } from './tracing.ts';
import { openStore } from './store/openStore.ts';
import { createTraceCache } from './traceCache.ts';

export interface Engine {
  /** Where it listens: with `port: 0` the one that was free. */
  readonly port: number;
  readonly url: string;
  /** A fresh link that signs in once as admin. */
  loginLink(): Promise<string>;
  /** Takes nothing new, finishes what it has taken, and closes the store. */
  stop(): Promise<void>;
}

/** Puts the parts together and starts them. @throws Error with a sentence for the operator when the store or the port is not to be had */
export async function createEngine(config: Config): Promise<Engine> {
  const opened = new AsyncDisposableStack();
  try {
    return await openEngine(config, opened);
  } catch (error) {
    // What ended the start is worth more than what its clearing away may say besides.
    await opened.disposeAsync().catch(() => undefined);
    throw error;
  }
}

/** @param opened ends what was begun, the last first; each part is in it before the next can fail, and one that fails stops no other */
async function openEngine(config: Config, opened: AsyncDisposableStack): Promise<Engine> {
  const clock = systemClock;
  const log = createLog(config);
  const secrets = createSecrets(config.secretKey);
  const metrics = createMetrics();
  const store = measuredStore(await openStore({ ...sourceOf(config), clock }), metrics);
  opened.defer(() => store.close());
  await sealReceivers({ store, secrets, log });
  const leadership = openLeadership({ store, clock, log });
  const { isLeader } = leadership;
  const guard = async (url: string) =>
    guardedDispatcher(await checkDestination(url, { allow: config.egressAllow }, systemResolve));
  const sources = createSources({ clock, log, secrets, config, store, guard });
  const catalogue = createMetricCatalogue({ sources, clock });
  const tracing = await openTracing(config);
  opened.defer(() => tracing.stop());
  const pipeline = measuredIntake(createPipeline({ store, clock, log, compileRegex, tracing, isLeader }), metrics);
  const discovery = createDiscovery({ clock, log, sources, store, catalogue });
  const evaluator = createEvaluator({
    ...{ clock, log, sources, config, pipeline, store, catalogue, discovery, leadership },
    onEvaluated: ({ outcome, rules, seconds }) => {
      metrics.evaluations.inc({ outcome }, rules);
      metrics.evaluationSeconds.observe(seconds);
    },
  });
  const sender = measuredSender(createSender({ config, secrets, clock, log }), { metrics, clock });
  const delivery = createDelivery({
    ...{ store, sender, clock, random: Math.random, log, publicUrl: consoleUrl(config), tracing },
  });
  const retention = createRetention({ store, clock, log, retention: config.retention, isLeader });
  const auditWitness = createAuditWitness({ store, clock, log, secrets, dataDir: config.dataDir });
  const backups = openBackups(config, { clock, log, metrics, leadership });
  const deps: Deps = {
    ...{ config, clock, log, store, leadership, secrets, pipeline, evaluator, delivery, discovery, sources, sender },
    ...{ backups, metrics, compileRegex },
    auditNotes: createAuditNotes({ store, clock, log }),
    intakeBound: createIntakeBound({ config, log }),
    traceCache: createTraceCache(),
    changePolls: createChangePolls(store.read.changes),
    randomId: randomToken,
    startedAt: clock.now(),
    version: packageJson.version,
  };
  const parts = [sources, evaluator, delivery, discovery, retention, backups, ...openHeartbeat(deps)];
  const server = await listen(deps);
  opened.defer(() => leadership.stop());
  opened.defer(() => auditWitness.stop());
  opened.defer(() => deps.auditNotes.stop());
  opened.defer(() => pipeline.stop());
  opened.defer(() => stopAll(parts));
  opened.defer(() => server.close());
  await leadership.start();
  pipeline.startExpiry();
  auditWitness.start();
  for (const part of parts) {
    part.start();
  }
  opened.defer(keepGauges(deps, () => notReady(deps)));
  const { port } = server.address;
  return {
    port,
    url: consoleUrl({ ...config, port }),
    async loginLink() {
      const { url, hash, expiresAt } = makeLoginLink({ ...config, port }, clock);
      await store.write((tx) =>
        tx.sessions.saveLink({ namespace: 'default', name: 'admin', role: 'admin', hash, expiresAt })
      );
      return url;
    },
    stop: () => opened.disposeAsync(),
  };
}

/** All at the same time. @throws what the first has thrown that failed, after the others have ended too */
async function stopAll(parts: ReadonlyArray<{ stop(): Promise<void> }>): Promise<void> {
  const outcomes = await Promise.allSettled(parts.map((part) => part.stop()));
  const failed = outcomes.find((outcome) => outcome.status === 'rejected');
  if (failed !== undefined) {
    throw failed.reason;
  }
}

/** Known to people by its host, and to the others by what no second start has. */
const openLeadership = (deps: Pick<Deps, 'store' | 'clock' | 'log'>): Leadership =>
  createLeadership({ ...deps, self: { id: randomToken(16), engine: `${hostname()} (process ${process.pid})` } });

const openBackups = (
  config: Config,
  { metrics, leadership, ...tools }: Pick<Deps, 'clock' | 'log' | 'metrics' | 'leadership'>
): Backups =>
  createBackups({
    ...{ ...tools, source: sourceOf(config), version: packageJson.version },
    ...{ folder: config.backupDir, at: config.backupAt, keep: config.backupKeep },
    isLeader: leadership.isLeader,
    onDone: (outcome) => metrics.backups.inc({ outcome }),
  });

/** None where nobody outside listens. */
function openHeartbeat(deps: Deps): readonly Heartbeat[] {
  const { config, metrics, leadership } = deps;
  const onBeat = (outcome: HeartbeatOutcome): void => metrics.heartbeats.inc({ outcome });
  return config.heartbeatUrl === undefined
    ? []
    : [
        createHeartbeat({
          ...deps,
          isLeader: leadership.isLeader,
          url: config.heartbeatUrl,
          notReady: () => notReady(deps),
          onBeat,
        }),
      ];
}

/** Its packages are in memory only where there is a collector. */
async function openTracing({ telemetry }: Config): Promise<Tracing> {
  const { tracesUrl, headers, serviceName } = telemetry;
  if (tracesUrl === null) {
    return noTracing;
  }
  const { createOtlpTracing } = await import('./otlpTracing.ts');
  return createOtlpTracing({ url: tracesUrl, headers, service: serviceName, version: packageJson.version });
}

const sourceOf = ({ databaseUrl, dataDir }: Config) => ({ databaseUrl: databaseUrl ?? null, dataDir });

interface Listening {
  readonly address: { readonly port: number };
  close(): Promise<void>;
}

/** Long polls and slow clients get this long to finish when the engine stops. */
const CLOSE_MS = 2000;

/** Every long poll holds one; as many again and half are for what is answered at once. More are closed as they come. */
const MAX_CONNECTIONS = 2500;

function listen(deps: Deps): Promise<Listening> {
  const { config } = deps;
  const consoleDir = config.consoleDir ?? path.join(import.meta.dirname, '..', 'dist-console');
  const app = createApp({
    deps,
    operations: OPERATIONS,
    consoleDir,
    extend: (hono) => addAlertmanagerRoutes(hono, deps),
  });
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: app.fetch, port: config.port, hostname: config.listen }, ({ port }) =>
      resolve({ address: { port }, close: () => closeServer(server) })
    );
    server.maxConnections = MAX_CONNECTIONS;
    server.once('error', reject);
  });
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => {
      if ('closeAllConnections' in server) {
        server.closeAllConnections();
      }
    }, CLOSE_MS);
    server.close(() => {
      clearTimeout(force);
      resolve();
    });
  });
}
