import path from 'node:path';
import { serve, type ServerType } from '@hono/node-server';
import packageJson from '../package.json' with { type: 'json' };
import { epochMs, hours } from '../src/core/units.ts';
import { addAlertmanagerRoutes } from './alertmanager/addAlertmanagerRoutes.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Deps, ReceiverSender } from './deps.ts';
import { createApp } from './http/createApp.ts';
import { createLog } from './log.ts';
import { consoleUrl, makeLoginLink } from './loginLink.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import { OPERATIONS } from './operations/table.ts';
import { createPipeline } from './pipeline/createPipeline.ts';
import { createDelivery } from './pipeline/delivery.ts';
import { createDiscovery } from './pipeline/discovery.ts';
import { createEvaluator } from './pipeline/evaluator.ts';
import { createRetention } from './pipeline/retention.ts';
import { createSender } from './receivers/createSender.ts';
import { checkDestination, guardedDispatcher, systemResolve } from './receivers/guard.ts';
import { compileRegex } from './regex.ts';
import { createSecrets, randomToken } from './secrets.ts';
import { createMetricCatalogue } from './sources/metricCatalogue.ts';
import { createSources } from './sources/createSources.ts';
import { openStore } from './store/openStore.ts';

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
  const clock = systemClock;
  const log = createLog(config);
  const secrets = createSecrets(config.secretKey);
  const store = await openStore({ databaseUrl: config.databaseUrl ?? null, dataDir: config.dataDir, clock });
  const metrics = createMetrics();
  const guard = async (url: string) =>
    guardedDispatcher(await checkDestination(url, { allow: config.egressAllow }, systemResolve));
  const sources = createSources({ clock, log, secrets, config, store, guard });
  const catalogue = createMetricCatalogue({ sources, clock });
  const pipeline = createPipeline({ store, clock, log, compileRegex });
  const discovery = createDiscovery({ clock, log, sources, store, catalogue });
  const evaluator = createEvaluator({
    ...{ clock, log, sources, config, pipeline, store, catalogue, discovery },
    onEvaluated: ({ outcome, rules, seconds }) => {
      metrics.evaluations.inc({ outcome }, rules);
      metrics.evaluationSeconds.observe(seconds);
    },
  });
  const sender = measured(createSender({ config, secrets, clock, log }), { metrics, clock });
  const delivery = createDelivery({ store, sender, clock, random: Math.random, log, publicUrl: consoleUrl(config) });
  const retention = createRetention({ store, clock, log, retention: config.retention });
  const deps: Deps = {
    ...{
      config,
      clock,
      log,
      store,
      secrets,
      pipeline,
      evaluator,
      delivery,
      discovery,
      sources,
      sender,
      metrics,
      compileRegex,
    },
    randomId: randomToken,
    startedAt: clock.now(),
    version: packageJson.version,
  };
  const server = await listen(deps).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const parts = [sources, evaluator, delivery, discovery, retention];
  pipeline.startExpiry();
  for (const part of parts) {
    part.start();
  }
  const stopGauges = keepGauges(deps);
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
    async stop() {
      stopGauges();
      await server.close();
      await Promise.all(parts.map((part) => part.stop()));
      await pipeline.stop();
      await store.close();
    },
  };
}

/** Counts and times deliveries, and how long the oldest alert of each had waited to be told. */
function measured(sender: ReceiverSender, { metrics, clock }: { metrics: Metrics; clock: Clock }): ReceiverSender {
  return {
    async send(receiver, notification, signal) {
      const { kind } = receiver;
      const started = performance.now();
      const result = await sender.send(receiver, notification, signal);
      metrics.deliverySeconds.observe({ kind }, (performance.now() - started) / 1000);
      metrics.notifications.inc({ kind, outcome: result.ok ? 'delivered' : 'failed' });
      const oldest = Math.min(...notification.alerts.map(({ at }) => at));
      if (result.ok && Number.isFinite(oldest)) {
        metrics.eventToNotification.observe((clock.now() - oldest) / 1000);
      }
      return result;
    },
  };
}

interface Listening {
  readonly address: { readonly port: number };
  close(): Promise<void>;
}

/** Long polls and slow clients get this long to finish when the engine stops. */
const CLOSE_MS = 2000;

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

const GAUGES_EVERY_MS = 10_000;

/** Figures that are states, not events: read from the store now and then. */
function keepGauges(deps: Deps): () => void {
  const { clock, store, log, metrics } = deps;
  let cancel = (): void => undefined;
  const read = async (): Promise<void> => {
    const [jobs, alerts] = await Promise.all([
      store.read.jobs.stats('default', 'notify', epochMs(clock.now() - hours(1))),
      store.read.alerts.count('default', { states: ['firing', 'no_data'] }),
    ]);
    metrics.queue.set({ state: 'queued' }, jobs.queued);
    metrics.queue.set({ state: 'dead' }, jobs.dead);
    for (const severity of ['info', 'warning', 'error', 'critical'] as const) {
      metrics.openAlerts.set({ severity }, alerts.bySeverity[severity]);
    }
  };
  const schedule = (): void => {
    cancel = clock.after(GAUGES_EVERY_MS, () => {
      read()
        .catch((error: unknown) => log.warn({ error: String(error) }, 'the gauges of /metrics could not be read'))
        .finally(schedule);
    });
  };
  schedule();
  return () => cancel();
}
