import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, openSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';

export interface PrivatePostgres {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

interface Account {
  readonly uid?: number;
  readonly gid?: number;
}

const START_DEADLINE_MS = 30_000;
const STOP_DEADLINE_MS = 20_000;

/** PostgreSQL refuses to run as root: then it runs as the account that its package made. */
function accountFor(folder: string): Account {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  const account = { uid: id('-u'), gid: id('-g') };
  chownSync(folder, account.uid, account.gid);
  return account;
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('the system gave no port');
  }
  return address.port;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function waitUntilUp(server: ChildProcess, url: string): Promise<void> {
  for (const deadline = Date.now() + START_DEADLINE_MS; Date.now() < deadline; await delay(100)) {
    if (server.exitCode !== null) {
      throw new Error(`PostgreSQL ended with code ${server.exitCode}`);
    }
    if (await answers(url)) {
      return;
    }
  }
  throw new Error(`PostgreSQL did not answer within ${START_DEADLINE_MS / 1000} s`);
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode === null && server.signalCode === null) {
    const ended = once(server, 'exit');
    // Fast shutdown: sessions are cut, data is kept.
    server.kill('SIGINT');
    const force = setTimeout(() => server.kill('SIGKILL'), STOP_DEADLINE_MS);
    await ended;
    clearTimeout(force);
  }
}

/** Starts a server of our own on a free port of the loopback with its data in a temporary folder; `stop` leaves nothing behind. */
export async function startPostgres(programs: string, log: string): Promise<PrivatePostgres> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'pharos-postgres-'));
  const account = accountFor(folder);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const output = openSync(log, 'a');
  const options = { ...account, cwd: folder, stdio: ['ignore' as const, output, output] };
  try {
    const data = path.join(folder, 'data');
    const init = ['--auth=trust', '--username=pharos', '--encoding=UTF8', '--no-locale', '--no-sync', '--pgdata', data];
    execFileSync(path.join(programs, 'initdb'), init, options);
    const port = await findFreePort();
    // No fsync: the machine will not lose power in mid-test, and what a crash of the engine leaves is the same.
    const flags = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', folder, '-c', 'fsync=off'];
    const server = spawn(path.join(programs, 'postgres'), flags, options);
    const url = `postgres://pharos@127.0.0.1:${port}/postgres`;
    const stop = async (): Promise<void> => {
      await stopServer(server);
      remove();
    };
    await waitUntilUp(server, url).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { url, stop };
  } catch (error) {
    remove();
    throw error;
  }
}
