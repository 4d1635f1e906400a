import path from 'node:path';
import { createToken, getMe } from '../src/api/access.ts';
import { ApiError } from '../src/api/apiError.ts';
import {
  createReceiver,
  getRoutes,
  listReceivers,
  updateReceiver,
  updateRoutes,
  type ReceiverView,
} from '../src/api/routing.ts';
import { createThreshold, listThresholds } from '../src/api/thresholds.ts';
import { ANY_SERVICE } from '../src/core/thresholds/threshold.ts';
import { seconds } from '../src/core/units.ts';
import { ensureSecrets, readSecret, writeSecret } from '../stack/secrets.ts';
import { connect, type Engine } from './api.ts';
import { getDataDir } from './dataDir.ts';
import type { Io } from './io.ts';
import { readDemoOption } from './readDemoOption.ts';
import { strictOptions } from './strictOptions.ts';

export const summary =
  "Give Prometheus a token to read /metrics, and a running engine the demo's inbox and first thresholds";

const inboxName = 'demo-inbox';
const tokenName = 'prometheus';

export interface Inbox {
  readonly url: string;
  /** Standard Webhooks secret, `whsec_…`. */
  readonly secret: string;
}

const MiB = 1024 ** 2;

/**
 * One for each kind of trouble that the demo can be put into, but latency: that one is left to its visitor. A healthy
 * service of the shop holds 110 to 125 MB, uses a twentieth of a core, and fails no request; a leaking one dies near
 * 400 MB.
 */
const demoThresholds = [
  { signal: 'up', critical: 1, for: seconds(10) },
  { signal: 'error_ratio', warning: 0.05, critical: 0.2, for: seconds(15) },
  { signal: 'cpu', warning: 0.3, critical: 0.7, for: seconds(15) },
  { signal: 'memory', warning: 300 * MiB, critical: 380 * MiB, for: seconds(15) },
] as const;

/** What the demo finds in its engine: its inbox as receiver, and the first time some thresholds. */
export async function provisionDemo(engine: Engine, inbox: Inbox): Promise<void> {
  const { items: receivers } = await connect(engine).call(listReceivers, {});
  // Thresholds that somebody deletes stay deleted: the receiver, made after them, tells that this is not the first time.
  if (!receivers.some(({ name }) => name === inboxName)) {
    await provisionThresholds(engine);
  }
  await provisionInbox(engine, inbox);
}

/**
 * Makes the demo's inbox a receiver, and the default route lead there while there are no routes. Routes that somebody
 * has made stay as they are.
 */
export async function provisionInbox(engine: Engine, inbox: Inbox): Promise<void> {
  const client = connect(engine);
  const { items: receivers } = await client.call(listReceivers, {});
  const present = receivers.find(({ name }) => name === inboxName);
  if (present === undefined) {
    await client.call(createReceiver, { name: inboxName, kind: 'webhook', settings: { ...inbox } });
  } else if (leadsElsewhere(present, inbox)) {
    await client.call(updateReceiver, { name: inboxName, kind: 'webhook', settings: { ...inbox } });
  }
  const routes = await client.call(getRoutes, {});
  if (routes.items.length === 0) {
    const items = [{ matchers: [], receiver: inboxName, continue: false }];
    await client.call(updateRoutes, { items, version: routes.version });
  }
}

/** The engine tells of an address where it leads and no more; nothing of one that its key does not open, and that stays. */
function leadsElsewhere({ settings: { url } }: ReceiverView, inbox: Inbox): boolean {
  const origin = typeof url === 'object' && 'origin' in url ? url.origin : undefined;
  return origin !== undefined && origin !== new URL(inbox.url).origin;
}

async function provisionThresholds(engine: Engine): Promise<void> {
  const client = connect(engine);
  const { items } = await client.call(listThresholds, { limit: 1 });
  if (items.length > 0) {
    return;
  }
  for (const threshold of demoThresholds) {
    await client.call(createThreshold, {
      service: ANY_SERVICE,
      ...threshold,
      reason: 'made by npm start for the demo',
    });
  }
}

/** Keeps a token with the scope `read` in `file`, for Prometheus; one that the engine no longer knows is replaced. */
export async function provisionMetricsToken(engine: Engine, file: string, mode: number): Promise<void> {
  const present = await readSecret(file);
  if (present !== undefined && (await isKnown({ url: engine.url, token: present }))) {
    return;
  }
  const { secret } = await connect(engine).call(createToken, { name: tokenName, scope: 'read' });
  await writeSecret(file, secret, mode);
}

async function isKnown(engine: Engine): Promise<boolean> {
  try {
    await connect(engine).call(getMe, {});
    return true;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) {
      return false;
    }
    throw error;
  }
}

const DEFAULT_ENGINE = 'http://127.0.0.1:8686';
const DEFAULT_INBOX = 'http://127.0.0.1:9408/webhook';

const usage = `Usage: pharos provision [--engine URL] [--inbox URL] [--shared DIR] [--data DIR] [--demo on|off]

Gives Prometheus a token for /metrics of a running engine, and the engine the inbox of the demo as a receiver and, the
first time, some thresholds. What somebody has changed since stays.

  --engine URL  where the engine is (default: ${DEFAULT_ENGINE})
  --inbox URL   where the demo takes notifications (default: ${DEFAULT_INBOX})
  --shared DIR  where the token goes, readable by all who can see the folder (default: beside the other secrets)
  --data DIR    the data directory of the engine, where the secrets are
  --demo off    the token alone`;

const options = {
  engine: { type: 'string', default: DEFAULT_ENGINE },
  inbox: { type: 'string', default: DEFAULT_INBOX },
  data: { type: 'string' },
  shared: { type: 'string' },
  demo: { type: 'string', default: 'on' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** What `npm start` does natively, as a command of its own for Docker Compose. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values } = strictOptions(argv, options);
  if (values.help) {
    io.out(usage);
    return 0;
  }
  const withDemo = readDemoOption(values.demo);
  const secretsDir = path.join(getDataDir(values.data, io.environment), 'secrets');
  const secrets = await ensureSecrets(secretsDir, io.environment);
  const engine = { url: values.engine, token: secrets.get('admin_token') ?? '' };
  const file = path.join(values.shared ?? secretsDir, 'metrics_token');
  // First: Prometheus needs it whatever becomes of the demo.
  await provisionMetricsToken(engine, file, values.shared === undefined ? 0o600 : 0o444);
  io.out(`Prometheus reads /metrics of ${values.engine} with the token in ${file}.`);
  if (withDemo) {
    await provisionDemo(engine, { url: values.inbox, secret: secrets.get('demo_inbox_secret') ?? '' });
    io.out(`${inboxName} is a receiver of ${values.engine}.`);
  }
  return 0;
}
