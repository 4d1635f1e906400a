import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startStack, stopStack } from './stack.ts';

/**
 * Starts what a user gets from `npm start`, in a fresh data directory, which E2E_DATA names to the tests. When it is set already, that
 * running stack is used and left running.
 * @returns what stops it again
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const given = process.env['E2E_DATA'];
  const dataDir = given ?? mkdtempSync(path.join(tmpdir(), 'pharos-e2e-'));
  if (given === undefined) {
    await startStack(dataDir);
  }
  process.env['E2E_DATA'] = dataDir;
  return async () => {
    if (given === undefined) {
      await stopStack(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    }
  };
}
