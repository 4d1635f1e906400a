import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { announceStack, startStack, stopStack } from './stack.ts';

/**
 * Starts what a user gets from `npm start`, in a fresh data directory, and tells tests where it is. When E2E_DATA is set already, that
 * running stack is used and left running.
 * @returns what stops it again
 */
export default async function globalSetup(): Promise<() => Promise<void>> {
  const given = process.env['E2E_DATA'];
  const dataDir = given ?? mkdtempSync(path.join(tmpdir(), 'pharos-e2e-'));
  if (given === undefined) {
    await startStack(dataDir);
  }
  announceStack(dataDir);
  return async () => {
    if (given === undefined) {
      await stopStack(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    }
  };
}
