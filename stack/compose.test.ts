import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { parts } from './parts.ts';
import { repositoryRoot } from './paths.ts';
import { prometheusFlags, prometheusRetention, retentionFlag } from './prometheus.ts';

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly restart?: string;
  readonly ports?: string[];
  readonly volumes?: string[];
  readonly command?: string[];
  readonly environment?: Record<string, string>;
  readonly healthcheck?: { test: string[]; interval: string; timeout: string; retries: number };
  readonly depends_on?: Record<string, { condition: string }>;
}

const text = readFileSync(path.join(repositoryRoot, 'docker-compose.yaml'), 'utf8');
const file: { services: Record<string, Service>; volumes: Record<string, unknown> } = parse(text, { merge: true });
const services = Object.entries(file.services);
const longRunning = services.filter(([, service]) => service.restart !== undefined);
const dockerfile = readFileSync(path.join(repositoryRoot, 'stack', 'docker', 'Dockerfile'), 'utf8');

function getService(name: string): Service {
  const service = file.services[name];
  if (service === undefined) {
    throw new Error(`docker-compose.yaml has no service ${name}`);
  }
  return service;
}

describe('docker-compose.yaml', () => {
  it('has the stack, the engine and the demo', () => {
    expect(longRunning.map(([name]) => name).toSorted()).toEqual([
      'demo',
      'engine',
      'grafana',
      'loki',
      'prometheus',
      'tempo',
    ]);
  });

  it('names the versions that the native start uses, with a variable for Grafana', () => {
    const images = Object.fromEntries(services.map(([name, { image }]) => [name, image]));
    expect(images).toMatchObject({
      prometheus: 'prom/prometheus:v3.14.0',
      loki: 'grafana/loki:3.7.8',
      tempo: 'pharos-tempo:2.10.8',
      grafana: 'grafana/grafana:${GRAFANA_VERSION:-12.4.3}',
    });
    for (const { name, version } of parts) {
      expect(images[name]).toContain(version);
    }
    expect(dockerfile).toContain('ARG TEMPO_VERSION=2.10.8');
  });

  it('has no floating tag', () => {
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map((match) => match[1] ?? '');
    const images = [...services.map(([, { image }]) => image), ...bases.filter((base) => base !== 'busybox')];
    for (const image of images) {
      expect(image).toMatch(/:(v?\d+\.\d+\.\d+(-\w+)?|\$\{\w+(:-\d+\.\d+\.\d+)?\})$/);
    }
  });

  it('publishes on 127.0.0.1 only', () => {
    const published = services.flatMap(([, { ports }]) => ports ?? []);
    expect(published).toHaveLength(10);
    for (const port of published) {
      expect(port).toMatch(/^127\.0\.0\.1:/);
    }
    expect(text).not.toMatch(/network_mode:|privileged:/);
  });

  it('asks every service that stays up how it is', () => {
    for (const [name, { healthcheck }] of longRunning) {
      expect([name, healthcheck]).toEqual([
        name,
        expect.objectContaining({
          test: expect.any(Array),
          interval: '5s',
          timeout: '3s',
          retries: expect.any(Number),
        }),
      ]);
    }
  });

  it('keeps data in named volumes, and mounts from the repository read-only', () => {
    const mounts = services.flatMap(([, { volumes }]) => volumes ?? []);
    for (const mount of mounts) {
      const [source = ''] = mount.split(/:(?=\/)/);
      const fromRepository = source.startsWith('./') || source.startsWith('${');
      expect(fromRepository ? mount.endsWith(':ro') : Object.keys(file.volumes).includes(source)).toBe(true);
    }
    for (const [name] of longRunning) {
      expect(getService(name).volumes?.some((mount) => mount.startsWith(`${name}-data:`))).toBe(true);
    }
  });

  it('runs the engine and the demo as another user than root, on a read-only root, without capabilities', () => {
    for (const name of ['engine', 'demo', 'prepare', 'provision']) {
      expect(getService(name)).toMatchObject({ user: 'node', read_only: true, cap_drop: ['ALL'] });
    }
    expect(dockerfile).toMatch(/^FROM node:24\.\d+\.\d+-slim AS engine$/m);
    expect(dockerfile).toMatch(/^USER node$/m);
  });

  it('gives Prometheus the flags of the native start', () => {
    const retention = `${retentionFlag}=\${PROMETHEUS_RETENTION:-${prometheusRetention}}`;
    expect(getService('prometheus').command).toEqual(expect.arrayContaining([retention, ...prometheusFlags]));
  });

  it('keeps logs and traces for 31 days, and as long as it is told', () => {
    for (const [name, variable, key] of [
      ['loki', 'LOKI_RETENTION', 'retention_period'],
      ['tempo', 'TEMPO_RETENTION', 'block_retention'],
    ] as const) {
      const setting = `\${${variable}:-744h}`;
      expect(getService(name).environment).toEqual({ [variable]: setting });
      const config = readFileSync(path.join(repositoryRoot, 'stack', 'config', `${name}.yaml`), 'utf8');
      expect(config).toContain(`${key}: ${setting}`);
    }
  });

  it('shows the secrets of the engine to the engine alone', () => {
    const seers = services.filter(([, { volumes }]) => volumes?.some((mount) => mount.startsWith('engine-data:')));
    expect(seers.map(([name]) => name).toSorted()).toEqual(['engine', 'prepare', 'provision']);
  });

  it('lets notifications out to the inbox of the demo and to nothing else', () => {
    expect(getService('engine').environment).toMatchObject({
      PHAROS_EGRESS_ALLOW: 'demo:9408,demo:9409',
      PHAROS_EVALUATION_INTERVAL: '5s',
      PHAROS_ALLOWED_HOSTS: 'engine:8686',
    });
  });

  it('shows Grafana the dashboards where its provisioning looks for them', () => {
    const { environment, volumes } = getService('grafana');
    expect(volumes).toContain(`./dashboards:${environment?.PHAROS_DASHBOARDS_DIR}:ro`);
    expect(volumes).toContain('./provisioning:/etc/grafana/provisioning:ro');
  });

  it('waits for what a service needs, by a condition', () => {
    for (const [name, { depends_on: needs }] of services) {
      for (const [needed, { condition }] of Object.entries(needs ?? {})) {
        const staysUp = longRunning.some(([other]) => other === needed);
        expect([name, needed, condition]).toEqual([
          name,
          needed,
          staysUp ? 'service_healthy' : 'service_completed_successfully',
        ]);
      }
    }
  });
});
