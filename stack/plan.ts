import { parts as allParts } from './parts.ts';
import type { Part, PartName } from './part.ts';
import { claimPorts, isPortFree } from './ports.ts';

export const demoPortCount = 10;

const preferredEnginePort = 8686;
const preferredDemoPort = 9400;

/** Which port everything gets, decided before anything is started, so that all can be told where the others will be. */
export interface Plan {
  readonly enginePort: number;
  readonly demoPortBase: number;
  readonly ports: ReadonlyMap<PartName, Readonly<Record<string, number>>>;
  /** `host:port` here, by name and port as the files in `stack/config` have them. */
  readonly addresses: ReadonlyMap<string, string>;
}

/**
 * Claims free ports, the usual ones where possible.
 *
 * @param enginePort a port that was asked for by number: another one will not do
 * @throws Error when that port is in use, or none is free
 */
export async function planPorts(enginePort: number | undefined, parts: readonly Part[] = allParts): Promise<Plan> {
  const taken = new Set<number>();
  const addresses = new Map<string, string>();
  if (enginePort !== undefined && !(await isPortFree(enginePort))) {
    throw new Error(`Port ${enginePort} is in use: choose another one with --port N.`);
  }
  const engine = await claimPorts(enginePort ?? preferredEnginePort, taken);
  addresses.set(`engine:${preferredEnginePort}`, `127.0.0.1:${engine}`);
  const ports = new Map<PartName, Readonly<Record<string, number>>>();
  for (const part of parts) {
    const own: Record<string, number> = {};
    for (const [name, preferred] of Object.entries(part.ports)) {
      own[name] = await claimPorts(preferred, taken);
      addresses.set(`${part.name}:${preferred}`, `127.0.0.1:${own[name]}`);
    }
    ports.set(part.name, own);
  }
  const demoPortBase = await claimPorts(preferredDemoPort, taken, demoPortCount);
  for (let offset = 0; offset < demoPortCount; offset += 1) {
    addresses.set(`demo:${preferredDemoPort + offset}`, `127.0.0.1:${demoPortBase + offset}`);
  }
  return { enginePort: engine, demoPortBase, ports, addresses };
}
