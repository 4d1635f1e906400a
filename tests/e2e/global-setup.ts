import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readStack, startStack, stopStack } from './stack.ts';

/**
 * Starts what a user gets from `npm start`, in a fresh data directory. Tests find it by the environment: E2E_URL (engine),
 * E2E_TOKEN (admin), E2E_INBOX and E2E_CONTROL (demo), E2E_DATA, E2E_GRAFANA. When E2E_DATA is set
 * already, that running stack is used and left running.
 * @returns what stops it again
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const given = process.env['E2E_DATA'];
  const dataDir = given ?? mkdtempSync(path.join(tmpdir(), 'pharos-e2e-'));
  if (given === undefined) {
    await startStack(dataDir);
  }
  const { addresses, demo } = readStack(dataDir);
  Object.assign(process.env, {
    E2E_URL: `http://${addresses['engine:8686'] ?? ''}`,
    E2E_TOKEN: readFileSync(path.join(dataDir, 'secrets', 'admin_token'), 'utf8').trim(),
    E2E_INBOX: demo.inbox,
    E2E_CONTROL: demo.control,
    E2E_DATA: dataDir,
    E2E_GRAFANA: `http://${addresses['grafana:3000'] ?? ''}`,
  });
  return async () => {
    if (given === undefined) {
      await stopStack(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    }
  };
}
