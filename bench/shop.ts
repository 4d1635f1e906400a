import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../cli/api.ts';
import type { Client } from '../src/api/client.ts';
import { readStack, startStack, stopStack } from '../tests/e2e/stack.ts';

export interface FaultRequest {
  readonly fault: string;
  readonly service: string;
}

/** What `npm start` brings up, in a data directory of its own. */
export interface Shop {
  readonly client: Client;
  readonly engineUrl: string;
  readonly prometheusUrl: string;
  readonly grafanaUrl: string;
  /** Of those that `npm start` makes. */
  secret(name: string): string;
  pidOf(name: string): number;
  setFault(fault: FaultRequest): Promise<void>;
  heal(): Promise<void>;
  dispose(): Promise<void>;
}

export async function startShop(): Promise<Shop> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-shop-'));
  await startStack(dataDir);
  const { addresses, demo, processes } = readStack(dataDir);
  const engineUrl = `http://${addresses['engine:8686'] ?? ''}`;
  const secret = (name: string): string => readFileSync(path.join(dataDir, 'secrets', name), 'utf8').trim();
  const faults = async (method: string, body?: FaultRequest): Promise<void> => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${demo.control}/faults`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) {
      throw new Error(`The demo answered ${answer.status}: ${await answer.text()}`);
    }
  };
  return {
    client: connect({ url: engineUrl, token: secret('admin_token') }),
    engineUrl,
    prometheusUrl: `http://${addresses['prometheus:9090'] ?? ''}`,
    grafanaUrl: `http://${addresses['grafana:3000'] ?? ''}`,
    secret,
    pidOf: (name) => processes.find((process) => process.name === name)?.pid ?? 0,
    setFault: (fault) => faults('POST', fault),
    heal: () => faults('DELETE'),
    async dispose() {
      await stopStack(dataDir);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
