import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Part } from '../../../stack/part.ts';
import { startProgram } from './childProgram.ts';
import { eventually } from './eventually.ts';
import { findProgram } from './findProgram.ts';
import { freePort } from './freePort.ts';

export interface StartedStore {
  readonly url: string;
  /** By the name that the part gives them. */
  readonly ports: Readonly<Record<string, number>>;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

const READY_WITHIN_MS = 60_000;

async function freePorts(part: Part): Promise<Record<string, number>> {
  const ports: Record<string, number> = {};
  for (const name of Object.keys(part.ports)) {
    ports[name] = await freePort();
  }
  return ports;
}

/** A part of the stack for one test, with the configuration of `npm start`, on free ports. What it sends to others goes nowhere. */
export async function startStore(part: Part): Promise<StartedStore> {
  const { program, version } = await findProgram(part);
  const dataDir = mkdtempSync(path.join(tmpdir(), `pharos-${part.name}-`));
  const ports = await freePorts(part);
  const { args, environment } = part.launch({
    ...{ program, version, dataDir, ports, renderedDir: dataDir, provisioningDir: dataDir, pluginsDir: dataDir },
    addresses: new Map([['prometheus:9090', '127.0.0.1:1']]),
    secrets: new Map(),
    environment: {},
  });
  const child = startProgram({ program, args, environment, cwd: dataDir });
  const url = `http://127.0.0.1:${ports['http']}`;
  const store: StartedStore = {
    ...{ url, ports },
    async dispose() {
      await child.end('SIGKILL');
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  try {
    await eventually(`${part.name} is ready`, READY_WITHIN_MS, async () => {
      const response = await fetch(`${url}${part.healthPath}`).catch(() => undefined);
      return child.hasEnded() || response?.ok === true ? true : undefined;
    });
    if (child.hasEnded()) {
      throw new Error(`${part.name} has ended: ${child.output()}`);
    }
    return store;
  } catch (error) {
    await store.dispose();
    throw error;
  }
}
