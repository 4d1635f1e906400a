import path from 'node:path';
import { repositoryRoot } from '../stack/paths.ts';
import type { Plan } from '../stack/plan.ts';
import type { ChildSpec } from '../stack/supervise.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Evaluation keeps step with the demo's scrapes. */
const evaluationInterval = '5s';

interface EngineOptions {
  readonly plan: Plan;
  readonly dataDir: string;
  /** Settings that a person has made count more than those of the stack. */
  readonly environment: Environment;
  readonly withDemo: boolean;
  /** Tempo will run: the engine's own traces go there. */
  readonly withTempo: boolean;
}

/** How the engine is started beside the stack: it knows all addresses before anything listens there. */
export function getEngineSpec({ plan, dataDir, environment, withDemo, withTempo }: EngineOptions): ChildSpec {
  const at = (name: string): string => `http://${plan.addresses.get(name)}`;
  const defaults = {
    PHAROS_PROMETHEUS_URL: at('prometheus:9090'),
    PHAROS_LOKI_URL: at('loki:3100'),
    PHAROS_TEMPO_URL: at('tempo:3200'),
    PHAROS_GRAFANA_URL: at('grafana:3000'),
    PHAROS_EVALUATION_INTERVAL: evaluationInterval,
    ...(withDemo ? getInboxSettings(plan) : {}),
    ...(withTempo ? { OTEL_EXPORTER_OTLP_ENDPOINT: at('tempo:4318') } : {}),
  };
  const given = Object.entries(defaults).map(([name, value]) => [name, environment[name] || value]);
  return {
    name: 'engine',
    program: process.execPath,
    args: [...process.execArgv, path.join(repositoryRoot, 'server', 'main.ts')],
    environment: {
      ...Object.fromEntries(given),
      PHAROS_PORT: String(plan.enginePort),
      PHAROS_DATA_DIR: dataDir,
    },
    cwd: repositoryRoot,
  };
}

/** Nothing on loopback may be notified but the demo's inbox, by HTTP and by mail. */
export function getInboxSettings({ addresses }: Pick<Plan, 'addresses'>): Record<string, string> {
  const http = addresses.get('demo:9408') ?? '';
  const smtp = addresses.get('demo:9409') ?? '';
  return { PHAROS_EGRESS_ALLOW: `${http},${smtp}`, PHAROS_SMTP_URL: `smtp://${smtp}` };
}

interface DemoOptions {
  readonly plan: Plan;
  readonly dataDir: string;
  readonly secrets: ReadonlyMap<string, string>;
}

export function getDemoSpec({ plan, dataDir, secrets }: DemoOptions): ChildSpec {
  return {
    name: 'demo',
    program: process.execPath,
    args: [...process.execArgv, path.join(repositoryRoot, 'demo', 'main.ts')],
    environment: {
      DEMO_PORT_BASE: String(plan.demoPortBase),
      DEMO_LOKI_URL: `http://${plan.addresses.get('loki:3100')}`,
      DEMO_TEMPO_OTLP_URL: `http://${plan.addresses.get('tempo:4318')}`,
      DEMO_DATA_DIR: path.join(dataDir, 'demo'),
      DEMO_INBOX_SECRET: secrets.get('demo_inbox_secret') ?? '',
    },
    cwd: repositoryRoot,
  };
}
