import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../../cli/api.ts';
import { loadDemoHistory } from '../../../cli/demoHistory.ts';
import { getDemoSpec, getEngineSpec } from '../../../cli/nodePrograms.ts';
import { provisionDemo, provisionMetricsToken } from '../../../cli/provision.ts';
import type { Client } from '../../../src/api/client.ts';
import { readLastLines } from '../../../stack/health.ts';
import { getArchitecture, isAtHand, type LocateOptions } from '../../../stack/locate.ts';
import { loki } from '../../../stack/loki.ts';
import type { Part } from '../../../stack/part.ts';
import { getProgramCache } from '../../../stack/paths.ts';
import { planPorts } from '../../../stack/plan.ts';
import { prometheus } from '../../../stack/prometheus.ts';
import { ensureSecrets } from '../../../stack/secrets.ts';
import { startPart, type Session } from '../../../stack/startPart.ts';
import { Supervisor } from '../../../stack/supervise.ts';
import { tempo } from '../../../stack/tempo.ts';
import { eventually } from './eventually.ts';

export interface DemoStack {
  /** Base addresses; a store that is not on this machine is undefined. */
  readonly prometheus: string;
  readonly loki: string | undefined;
  readonly tempo: string | undefined;
  /** The engine, as admin. */
  readonly client: Client;
  readonly engine: { readonly url: string; readonly token: string };
  /** Puts a fault on the shop. */
  fault(fault: { fault: string; service: string; value?: string }): Promise<void>;
  /** Ends all programs and removes their data. */
  dispose(): Promise<void>;
}

const UP_WITHIN_MS = 60_000;

/**
 * The engine, the shop and the stores with the configuration that `npm start` gives them: the shop's generated past, its real traffic,
 * its inbox as receiver and its thresholds. Loki and Tempo come where they are at hand; Prometheus is found or built.
 */
export async function startDemoStack(): Promise<DemoStack> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'pharos-demo-'));
  const supervisor = new Supervisor(path.join(dataDir, 'logs'), () => undefined);
  const dispose = async (): Promise<void> => {
    await supervisor.stopAll();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { ...(await startAll(dataDir, supervisor)), dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function startAll(dataDir: string, supervisor: Supervisor): Promise<Omit<DemoStack, 'dispose'>> {
  const plan = await planPorts(undefined);
  const secrets = await ensureSecrets(path.join(dataDir, 'secrets'), {});
  const at = (name: string): string => `http://${plan.addresses.get(name) ?? ''}`;
  const control = at('demo:9407');
  const engine = { url: at('engine:8686'), token: secrets.get('admin_token') ?? '' };
  await supervisor.start(getEngineSpec({ plan, dataDir, environment: {}, withDemo: true, withTempo: false }));
  await supervisor.start(getDemoSpec({ plan, dataDir, secrets }));
  for (const url of [`${engine.url}/health`, `${control}/health`]) {
    await eventually(`${url} answers`, UP_WITHIN_MS, async () => ((await fetch(url)).ok ? true : undefined));
  }
  await provisionDemo(engine, { url: `${at('demo:9408')}/webhook`, secret: secrets.get('demo_inbox_secret') ?? '' });
  await provisionMetricsToken(engine, path.join(dataDir, 'secrets', 'metrics_token'), 0o600);
  const session: Session = {
    ...{ dataDir, plan, secrets, supervisor, locate: locateOptions() },
    environment: {},
    buildBundle: () => Promise.resolve(undefined),
    buildRelay: () => Promise.resolve(undefined),
    history: await loadDemoHistory(),
  };
  return {
    prometheus: await startStore(prometheus, session),
    loki: await startIfAtHand(loki, session),
    tempo: await startIfAtHand(tempo, session),
    client: connect(engine),
    engine,
    async fault(fault) {
      const response = await fetch(`${control}/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(fault),
      });
      if (!response.ok) {
        throw new Error(`The demo refused the fault: ${await response.text()}`);
      }
    },
  };
}

const locateOptions = (): LocateOptions => ({
  searchPath: (process.env['PATH'] ?? '').split(path.delimiter).filter(Boolean),
  cache: getProgramCache(process.env),
  architecture: getArchitecture(),
  report: (line) => console.log(line),
  signal: new AbortController().signal,
});

async function startStore(part: Part, session: Session): Promise<string> {
  const result = await startPart(part, session);
  if (result.state === 'absent') {
    // The log is removed with the rest of the data: what it says is said here, or never.
    const log = await readLastLines(path.join(session.dataDir, 'logs', `${part.name}.log`)).catch(() => '');
    throw new Error(`${part.name} is needed: ${result.because}\n${log}`);
  }
  return result.address;
}

const startIfAtHand = async (part: Part, session: Session): Promise<string | undefined> =>
  (await isAtHand(part, session.locate)) ? startStore(part, session) : undefined;
