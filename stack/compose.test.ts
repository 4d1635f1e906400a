import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { readSettings } from '../server/config.ts';
import { listTakenVariables } from './composeSettings.ts';
import { parts } from './parts.ts';
import { repositoryRoot } from './paths.ts';
import { prometheusFlags, prometheusRetention, retentionFlag } from './prometheus.ts';

interface Service {
  readonly image: string;
  readonly user?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: string[];
  readonly restart?: string;
  readonly stop_grace_period?: string;
  readonly ports?: string[];
  readonly volumes?: string[];
  readonly command?: string[];
  readonly environment?: Record<string, string | null>;
  readonly healthcheck?: { test: string[]; interval: string; timeout: string; retries: number };
  readonly depends_on?: Record<string, { condition: string }>;
}

const text = readFileSync(path.join(repositoryRoot, 'docker-compose.yaml'), 'utf8');
const file: { services: Record<string, Service>; volumes: Record<string, unknown> } = parse(text, { merge: true });
const readme = readFileSync(path.join(repositoryRoot, 'README.md'), 'utf8');
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

/** As Compose fills in `${NAME:-default}`, where empty counts as unset, and `${NAME-default}`; innermost first. */
function interpolate(value: string, environment: Readonly<Record<string, string>>): string {
  const [whole = '', name = '', colon, other = ''] = /\$\{(\w+)(?:(:?)-([^${}]*))?\}/.exec(value) ?? [];
  const given = environment[name];
  const filled = value.replace(whole, given === undefined || (colon === ':' && given === '') ? other : given);
  return filled === value ? value : interpolate(filled, environment);
}

/** What a service finds in its environment; a name without a value is handed on where it is set. */
function getEnvironment(name: string, given: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(getService(name).environment ?? {}).flatMap(([key, value]): Array<[string, string]> => {
      const text = value === null ? given[key] : interpolate(value, given);
      return text === undefined ? [] : [[key, text]];
    })
  );
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

  it('gives the engine time to end its deliveries', () => {
    expect(getService('engine').stop_grace_period).toBe('30s');
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

  it('shows each program the copies that it needs, and no others', () => {
    const seen = services.map(([name, { volumes }]) => [
      name,
      (volumes ?? []).filter((mount) => mount.startsWith('shared')),
    ]);
    expect(Object.fromEntries(seen)).toEqual({
      prepare: [
        ...['shared-grafana:/shared/grafana', 'shared-prometheus:/shared/prometheus'],
        ...['shared-demo:/shared/demo', 'shared-history:/shared/history'],
      ],
      provision: ['shared-prometheus:/shared'],
      grafana: ['shared-grafana:/shared:ro'],
      prometheus: ['shared-prometheus:/etc/pharos/secrets:ro'],
      demo: ['shared-demo:/shared:ro'],
      backfill: ['shared-history:/shared:ro'],
      ...{ engine: [], loki: [], tempo: [] },
    });
  });

  it('gives the volumes that are written to folders of the user who writes', () => {
    const folders = /^RUN mkdir -p (.+?) && chown -R node:node \/data \/demo \/shared$/m
      .exec(dockerfile)?.[1]
      ?.split(' ');
    const mounts = ['prepare', 'demo'].flatMap((name) => getService(name).volumes ?? []);
    const written = mounts.filter((mount) => !mount.endsWith(':ro')).map((mount) => mount.split(':')[1]);
    expect(folders).toEqual(expect.arrayContaining(written));
  });

  it('starts an engine whose settings are those of the stack, and whose notifications reach the inbox alone', () => {
    const environment = getEnvironment('engine', {});
    expect(readSettings(environment)).toMatchObject({
      ...{ publicUrl: 'http://127.0.0.1:8686', allowedHosts: ['engine:8686'], evaluationInterval: 5_000 },
      ...{ prometheusUrl: 'http://prometheus:9090', grafanaPublicUrl: 'http://127.0.0.1:3000' },
      ...{ egressAllow: ['demo:9408', 'demo:9409'], smtpUrl: 'smtp://demo:9409' },
    });
    expect(Object.keys(environment)).not.toContain('PHAROS_HEARTBEAT_URL');
  });

  it("hands the engine what the environment sets, and keeps the demo's inbox reachable", () => {
    const environment = {
      ...{ PHAROS_PORT: '9000', PHAROS_PROMETHEUS_URL: 'http://p.example', PHAROS_GRAFANA_URL: 'http://g.example' },
      ...{ PHAROS_EGRESS_ALLOW: '10.0.0.0/8', PHAROS_ALLOWED_HOSTS: 'pharos.example', PHAROS_SMTP_URL: 'smtp://m' },
      ...{ PHAROS_DATABASE_URL: 'postgres://db/x', PHAROS_GRAFANA_TOKEN: 'glsa_1', PHAROS_RETENTION: '30d' },
      ...{ PHAROS_HEARTBEAT_URL: 'https://beat.example/', OTEL_EXPORTER_OTLP_ENDPOINT: 'http://otel.example' },
    };
    expect(readSettings(getEnvironment('engine', environment))).toMatchObject({
      ...{ port: 8686, publicUrl: 'http://127.0.0.1:9000', prometheusUrl: 'http://p.example' },
      ...{ grafanaUrl: 'http://g.example', grafanaPublicUrl: 'http://g.example', grafanaToken: 'glsa_1' },
      ...{ egressAllow: ['demo:9408', 'demo:9409', '10.0.0.0/8'], allowedHosts: ['engine:8686', 'pharos.example'] },
      ...{ smtpUrl: 'smtp://m', databaseUrl: 'postgres://db/x', retention: 30 * 86_400_000 },
      ...{ heartbeatUrl: 'https://beat.example/', telemetry: { tracesUrl: 'http://otel.example/v1/traces' } },
    });
    expect(getEnvironment('grafana', environment)).toMatchObject({ PHAROS_PROMETHEUS_URL: 'http://p.example' });
  });

  it('has neither mail nor traces where they are set to nothing', () => {
    const none = getEnvironment('engine', { PHAROS_SMTP_URL: '', OTEL_EXPORTER_OTLP_ENDPOINT: '' });
    expect(readSettings(none)).toMatchObject({ telemetry: { tracesUrl: null } });
    expect(readSettings(none).smtpUrl).toBeUndefined();
  });

  it('takes every setting of the README but those that mean a file or an interface of this machine', () => {
    const rows = readme.split('\n').filter((line) => line.startsWith('| `PHAROS_'));
    const documented = rows.flatMap((row) =>
      [...(row.split('|')[1] ?? '').matchAll(/PHAROS_\w+/g)].map(([name]) => name)
    );
    expect(documented.length).toBeGreaterThan(25);
    const taken = listTakenVariables(text);
    expect(documented.filter((name) => !taken.has(name))).toEqual([
      'PHAROS_LISTEN',
      'PHAROS_DATA_DIR',
      'PHAROS_BACKUP_DIR',
      'PHAROS_CONSOLE_DIR',
    ]);
  });

  it('keeps secrets of the environment in files, and in the environment of nothing that stays up', () => {
    const names = services.filter(([, { environment }]) => environment && 'PHAROS_ADMIN_TOKEN' in environment);
    expect(names.map(([name]) => name)).toEqual(['prepare']);
  });

  it('leaves out all that is of the demo when it is told so', () => {
    for (const name of ['prepare', 'provision']) {
      expect(getService(name).command?.map((word) => interpolate(word, {}))).toContain('--demo=on');
      expect(getService(name).command?.map((word) => interpolate(word, { PHAROS_DEMO: 'off' }))).toContain(
        '--demo=off'
      );
    }
  });

  it.each([
    ['an empty Prometheus takes in the history', ['shared/history.om'], 'filled'],
    ['without a history there is nothing to take in', [], ''],
    ['a Prometheus with data keeps to it', ['shared/history.om', 'prometheus/block'], ''],
  ])('%s', (_, files, expected) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'pharos-compose-'));
    try {
      for (const name of ['shared', 'prometheus', 'bin']) {
        mkdirSync(path.join(folder, name));
      }
      for (const name of files) {
        writeFileSync(path.join(folder, name), '');
      }
      writeFileSync(path.join(folder, 'bin', 'promtool'), '#!/bin/sh\nprintf filled\n', { mode: 0o755 });
      const command = (getService('backfill').command?.[0] ?? '')
        .replaceAll('$$', '$')
        .replaceAll(/\/(?=prometheus|shared)/g, `${folder}/`);
      const environment = { PATH: `${folder}/bin:${process.env.PATH}` };
      expect(execFileSync('/bin/sh', ['-c', command], { env: environment, encoding: 'utf8' })).toBe(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
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
