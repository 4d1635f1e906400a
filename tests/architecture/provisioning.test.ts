import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { frameQuery } from '../../src/api/frames.ts';
import { grafana } from '../../stack/grafana.ts';
import { dashboardsDir, repositoryRoot } from '../../stack/paths.ts';
import { objectsIn } from '../dashboards/readDashboards.ts';

const files = globSync('provisioning/**/*.yaml', { cwd: repositoryRoot }).toSorted();
const text = (file: string): string => readFileSync(path.join(repositoryRoot, file), 'utf8');
const yaml = (file: string): unknown => parse(text(file));

const datasource = z.looseObject({
  name: z.string(),
  uid: z.string(),
  type: z.string(),
  url: z.string().optional(),
  jsonData: z.looseObject({}).default({}),
});
const { datasources } = z
  .object({ datasources: z.array(datasource) })
  .parse(yaml('provisioning/datasources/stores.yaml'));

const rule = z.object({
  uid: z.string(),
  title: z.string(),
  condition: z.string(),
  for: z.string(),
  labels: z.record(z.string(), z.string()),
  annotations: z.record(z.string(), z.string()),
  data: z.array(
    z.object({
      refId: z.string(),
      datasourceUid: z.string(),
      model: z.looseObject({ refId: z.string(), type: z.string().optional(), expression: z.string().optional() }),
    })
  ),
});
const { groups } = z
  .object({
    groups: z.array(z.object({ name: z.string(), folder: z.string(), interval: z.string(), rules: z.array(rule) })),
  })
  .parse(yaml('provisioning/alerting/rules.yaml'));
const rules = groups.flatMap((group) => group.rules);

/** What the native start puts into Grafana's environment. */
function nativeEnvironment(): Readonly<Record<string, string>> {
  const home = mkdtempSync(path.join(tmpdir(), 'pharos-grafana-'));
  try {
    for (const file of ['bin/grafana', 'conf/defaults.ini']) {
      mkdirSync(path.join(home, path.dirname(file)));
      writeFileSync(path.join(home, file), '');
    }
    const names = ['prometheus:9090', 'loki:3100', 'tempo:3200', 'engine:8686'];
    const secrets = ['grafana_admin_password', 'relay_secret', 'intake_token', 'grafana_hmac_secret'];
    return grafana.launch({
      ...{ program: path.join(home, 'bin/grafana'), version: grafana.version, ports: { http: 3000 } },
      ...{ dataDir: home, renderedDir: home, provisioningDir: home, pluginsDir: home, environment: {} },
      addresses: new Map(names.map((name) => [name, name])),
      secrets: new Map(secrets.map((name) => [name, name])),
    }).environment;
  } finally {
    rmSync(home, { recursive: true });
  }
}

describe('provisioning', () => {
  it('uses only variables that both ways of starting Grafana set', () => {
    const used = new Set(
      files.flatMap((file) => [...text(file).matchAll(/(?<!\$)\$(PHAROS_\w+)/g)].map(([, name = '']) => name))
    );
    expect([...used].toSorted()).toEqual([
      'PHAROS_DASHBOARDS_DIR',
      'PHAROS_ENGINE_URL',
      'PHAROS_GRAFANA_HMAC_SECRET',
      'PHAROS_INTAKE_TOKEN',
      'PHAROS_LOKI_URL',
      'PHAROS_PROMETHEUS_URL',
      'PHAROS_RELAY_SECRET',
      'PHAROS_TEMPO_URL',
    ]);
    const native = nativeEnvironment();
    const { services } = z
      .object({
        services: z.object({
          grafana: z.object({ environment: z.record(z.string(), z.string()), entrypoint: z.array(z.string()) }),
        }),
      })
      .parse(parse(text('docker-compose.yaml'), { merge: true }));
    const { environment, entrypoint } = services.grafana;
    const exported = [...entrypoint.join(' ').matchAll(/(PHAROS_\w+)=/g)].map(([, name]) => name);
    for (const name of used) {
      expect([name, native[name]]).toEqual([name, expect.stringMatching(/./)]);
      expect([name, name in environment || exported.includes(name)]).toEqual([name, true]);
    }
  });

  it('reads the dashboards of this repository, wherever Grafana runs', () => {
    expect(yaml('provisioning/dashboards/pharos.yaml')).toMatchObject({
      providers: [
        { folder: 'Pharos', type: 'file', allowUiUpdates: false, options: { path: '$PHAROS_DASHBOARDS_DIR' } },
      ],
    });
    expect(nativeEnvironment()['PHAROS_DASHBOARDS_DIR']).toBe(dashboardsDir);
    expect(globSync('*.json', { cwd: dashboardsDir })).toHaveLength(6);
  });

  it('puts rules into the folder of the dashboards: a uid there would make Grafana create a second one', () => {
    const provider = z
      .object({ providers: z.tuple([z.looseObject({ folder: z.string() })]) })
      .parse(yaml('provisioning/dashboards/pharos.yaml')).providers[0];
    expect(groups.map(({ folder }) => folder)).toEqual([provider.folder]);
    expect(provider).not.toHaveProperty('folderUid');
  });
});

describe('data sources', () => {
  it('have the uids that dashboards, rules and the app name', () => {
    expect(datasources.map(({ uid, type }) => [uid, type])).toEqual([
      ['prometheus', 'prometheus'],
      ['loki', 'loki'],
      ['tempo', 'tempo'],
      ['pharos', 'pharos-observability-datasource'],
    ]);
    expect(yaml('provisioning/plugins/apps.yaml')).toMatchObject({ apps: [{ jsonData: { datasourceUid: 'pharos' } }] });
  });

  it('give nobody a way to the engine past the relay', () => {
    expect(datasources.filter(({ url }) => url === undefined).map(({ uid }) => uid)).toEqual(['pharos']);
    expect(datasources.find(({ uid }) => uid === 'pharos')).toMatchObject({
      jsonData: { engineUrl: '$PHAROS_ENGINE_URL' },
      secureJsonData: { relaySecret: '$PHAROS_RELAY_SECRET' },
    });
  });

  it('lead to each other by uids that exist', () => {
    const uids = new Set(datasources.map(({ uid }) => uid));
    const named = datasources.flatMap(({ jsonData }) =>
      [...objectsIn(jsonData)].flatMap(({ datasourceUid }) =>
        datasourceUid === undefined ? [] : [String(datasourceUid)]
      )
    );
    // Metrics to traces by two names of the id, logs to traces; traces to logs, to metrics and to the service map.
    expect(named.toSorted()).toEqual(['loki', 'prometheus', 'prometheus', 'tempo', 'tempo', 'tempo']);
    expect(named.filter((uid) => !uids.has(uid))).toEqual([]);
  });

  it('write the dollar signs of Grafana’s macros twice', () => {
    const single = [...text('provisioning/datasources/stores.yaml').matchAll(/(?<!\$)\$(?!\$|PHAROS_|NAME)\S*/g)];
    expect(single.map(([found]) => found)).toEqual([]);
  });
});

describe('alerting', () => {
  it('hands every alert to Pharos at once, signed, and ungrouped', () => {
    expect(yaml('provisioning/alerting/pharos.yaml')).toEqual({
      apiVersion: 1,
      contactPoints: [
        {
          orgId: 1,
          name: 'pharos',
          receivers: [
            {
              uid: 'pharos-engine',
              type: 'webhook',
              disableResolveMessage: false,
              settings: {
                url: '$PHAROS_ENGINE_URL/api/v1/intake/grafana',
                httpMethod: 'POST',
                authorization_scheme: 'Bearer',
                authorization_credentials: '$PHAROS_INTAKE_TOKEN',
                hmacConfig: {
                  secret: '$PHAROS_GRAFANA_HMAC_SECRET',
                  header: 'X-Grafana-Alerting-Signature',
                  timestampHeader: 'X-Grafana-Alerting-Timestamp',
                },
              },
            },
          ],
        },
      ],
      policies: [
        {
          ...{ orgId: 1, receiver: 'pharos', group_by: ['...'] },
          ...{ group_wait: '0s', group_interval: '10s', repeat_interval: '4h' },
        },
      ],
    });
  });

  it('has rules whose steps lead from a signal to a condition', () => {
    const uids = new Set(datasources.map(({ uid }) => uid));
    expect(new Set(rules.map(({ uid }) => uid)).size).toBe(rules.length);
    for (const { title, condition, data } of rules) {
      const steps = new Map(data.map((step) => [step.refId, step]));
      expect([title, steps.get(condition)?.model.type]).toEqual([title, 'threshold']);
      for (const { refId, datasourceUid, model } of data) {
        expect([title, model.refId]).toEqual([title, refId]);
        if (datasourceUid === '__expr__') {
          expect([title, steps.has(model.expression ?? '')]).toEqual([title, true]);
        } else {
          expect([title, uids.has(datasourceUid)]).toEqual([title, true]);
          // Grafana refuses tables in rules, and what the contract does not know asks for too much.
          expect(frameQuery.parse(model)).toMatchObject({ queryType: 'signals' });
        }
      }
    }
    expect(rules.map(({ data }) => data[0]?.model['signal'])).toEqual(['error_ratio', 'latency_p95']);
  });

  it('escapes the dollar sign where Grafana expands variables, and nowhere else', () => {
    for (const { labels, annotations, data } of rules) {
      expect(Object.values(labels).join(' ')).toMatch(/\{\{ with \$\$labels\.service \}\}/);
      expect(Object.values(labels).join(' ')).not.toMatch(/(?<!\$)\$(?!\$)/);
      expect(Object.keys(annotations)).toEqual(expect.arrayContaining(['summary', 'runbook_url']));
      expect(`${annotations['summary'] ?? ''}${JSON.stringify(data)}`).not.toContain('$$');
      expect(annotations['summary']).toContain('$labels.service');
    }
  });
});
