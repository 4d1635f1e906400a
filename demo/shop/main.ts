import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { FaultEffects } from '../faults/effects.ts';
import type { Fault } from '../faults/fault.ts';
import { startResourceHog } from '../faults/resourceHog.ts';
import { parseSettings } from '../settings.ts';
import { createLog } from '../telemetry/logs.ts';
import { createMetrics } from '../telemetry/metrics.ts';
import { startTracing } from '../telemetry/tracing.ts';
import { isProcessName, outsideHost, releases, type ProcessName } from '../topology.ts';
import { createPeerClient, type CallPeer } from './callPeer.ts';
import { createCardProcessorRoutes } from './cardProcessor.ts';
import { createCartRoutes } from './cart.ts';
import { createCatalogRoutes } from './catalog.ts';
import { createCheckoutRoutes, type CheckoutQueues } from './checkout.ts';
import { startConfirmations } from './confirmations.ts';
import { JobQueue } from './jobQueue.ts';
import { createPaymentsRoutes } from './payments.ts';
import { serveRoutes, type Route } from './serveRoutes.ts';
import type { ShopRuntime } from './shopRuntime.ts';
import { createStorefrontRoutes } from './storefront.ts';
import { startWorker } from './worker.ts';

/** How long requests and jobs that have begun may take to end. */
const patienceMs = 1_500;

/** What a service serves and how it ends. */
interface Started {
  readonly routes: readonly Route[];
  stop?: () => Promise<void>;
}

function start(runtime: ShopRuntime): Started {
  const callPeer = createPeerClient(runtime);
  const starters: Readonly<Record<ProcessName, () => Started>> = {
    storefront: () => ({ routes: createStorefrontRoutes(callPeer) }),
    catalog: () => ({ routes: createCatalogRoutes(runtime) }),
    cart: () => ({ routes: createCartRoutes(callPeer) }),
    checkout: () => ({ routes: createCheckoutRoutes(runtime, callPeer, openQueues(runtime)) }),
    payments: () => ({ routes: createPaymentsRoutes(callPeer) }),
    worker: () => ({ routes: [], stop: startWorkers(runtime, callPeer) }),
    [outsideHost]: () => ({ routes: createCardProcessorRoutes(runtime.random) }),
  };
  return starters[runtime.service]();
}

function startWorkers(runtime: ShopRuntime, callPeer: CallPeer): () => Promise<void> {
  const { payments, confirmations } = openQueues(runtime);
  const stops = [startWorker(runtime, callPeer, payments), startConfirmations(runtime, confirmations)];
  return async () => void (await Promise.all(stops.map((stop) => stop())));
}

function openQueues({ settings: { dataDir } }: ShopRuntime): CheckoutQueues {
  mkdirSync(dataDir, { recursive: true });
  const open = (name: string) => new JobQueue(path.join(dataDir, `${name}-queue.sqlite`));
  return { payments: open('payments'), confirmations: open('confirmations') };
}

async function main(service: ProcessName): Promise<void> {
  const settings = parseSettings(process.env);
  const version = process.env.DEMO_VERSION ?? releases.current;
  const inside = service !== outsideHost;
  const log = createLog({ service, version, lokiUrl: inside ? settings.lokiUrl : undefined });
  const tracing = startTracing({ service, version, otlpUrl: inside ? settings.tempoUrl : undefined });
  const effects = new FaultEffects(Math.random);
  process.on('message', (faults: Fault[]) => effects.apply(faults));
  const stopHog = startResourceHog(effects, (reason) => {
    log.logger.fatal(reason);
    process.exit(137);
  });
  const runtime: ShopRuntime = {
    service,
    settings,
    metrics: createMetrics(service, version),
    tracer: tracing.tracer,
    logger: log.logger,
    effects,
    random: Math.random,
  };
  const { routes, stop } = start(runtime);
  const server = await serveRoutes(runtime, routes);
  log.logger.info({ version }, `${service} ${version} started`);
  process.send?.('ready');

  const end = async () => {
    stopHog();
    const closed = new Promise((resolve) => server.close(resolve));
    const late = new Promise((resolve) => setTimeout(resolve, patienceMs));
    await Promise.race([Promise.all([stop?.(), closed]), late]);
    await Promise.all([log.close(), tracing.shutdown()]);
    process.exit(0);
  };
  process.once('SIGTERM', () => void end());
  // Ctrl-C reaches the whole group; the supervisor decides when each ends.
  process.on('SIGINT', () => undefined);
  process.once('disconnect', () => void end());
  if (process.send !== undefined && !process.connected) {
    await end();
  }
}

const name = process.argv[2] ?? '';
if (!isProcessName(name)) {
  throw new Error(`"${name}" is not a process of the demo.`);
}
await main(name);
