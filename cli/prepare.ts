import { access, rm } from 'node:fs/promises';
import path from 'node:path';
import { writeOpenMetrics } from '../stack/backfill.ts';
import { makeFolder } from '../stack/makeFolder.ts';
import { ensureSecrets, shareSecrets } from '../stack/secrets.ts';
import { getDataDir } from './dataDir.ts';
import { loadDemoHistory } from './demoHistory.ts';
import type { Io } from './io.ts';
import { readDemoOption } from './readDemoOption.ts';
import { strictOptions } from './strictOptions.ts';
import { UsageError } from './usageError.ts';

export const summary = 'Make the secrets and the demo history that Docker Compose hands to its services';

/** Which folder has which secrets. Each is a volume that one program sees: with the relay's secret it could speak as any admin. */
const sharedSecrets = {
  grafana: ['intake_token', 'relay_secret', 'grafana_hmac_secret', 'grafana_admin_password'],
  prometheus: ['intake_token'],
  demo: ['demo_inbox_secret'],
} as const;

const usage = `Usage: pharos prepare --shared DIR [--data DIR] [--demo on|off]

Makes what Docker Compose hands to its services, where it is not there already; what somebody has made stays.

  --shared DIR  the folder with one folder for each of the other services: copies of its secrets, and the demo's history
  --data DIR    the data directory of the engine, where the secrets are
  --demo off    no history of the demo`;

const options = {
  data: { type: 'string' },
  shared: { type: 'string' },
  demo: { type: 'string', default: 'on' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export async function run(argv: readonly string[], io: Io): Promise<number> {
  const { values } = strictOptions(argv, options);
  if (values.help) {
    io.out(usage);
    return 0;
  }
  if (values.shared === undefined) {
    throw new UsageError(
      'pharos prepare needs --shared DIR: the folder with one folder for each of the other services.'
    );
  }
  const withDemo = readDemoOption(values.demo);
  const secrets = await ensureSecrets(path.join(getDataDir(values.data, io.environment), 'secrets'), io.environment);
  for (const [folder, names] of Object.entries(sharedSecrets)) {
    await shareSecrets(secrets, names, path.join(values.shared, folder));
  }
  const history = path.join(values.shared, 'history', 'history.om');
  if (!withDemo) {
    // Also what an earlier start with the demo has left: an empty Prometheus would take it in.
    await rm(history, { force: true });
  } else if (!(await exists(history))) {
    const makeLines = await loadDemoHistory();
    await makeFolder(path.dirname(history));
    await writeOpenMetrics(history, makeLines());
  }
  io.out(withDemo ? `Secrets and history are in ${values.shared}.` : `Secrets are in ${values.shared}.`);
  return 0;
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
