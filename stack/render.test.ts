import { mkdtemp, rm } from 'node:fs/promises';
import { globSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { getArchitecture, locate } from './locate.ts';
import { configDir, getProgramCache, repositoryRoot } from './paths.ts';
import { planPorts } from './plan.ts';
import { prometheus } from './prometheus.ts';
import { leaveOutJobs, renderPrometheus, writePrometheusConfig } from './render.ts';
import { runProgram } from './runProgram.ts';

const pluginSchema = z.object({ id: z.string() });

const template = readFileSync(path.join(configDir, 'prometheus.yml'), 'utf8');

describe('renderPrometheus', () => {
  const files = new Map([
    ['/etc/prometheus/rules', '/data/config/rules'],
    ['/etc/pharos/secrets', '/data/secrets'],
  ]);

  it('puts the ports and folders of this machine into the configuration', async () => {
    const { addresses, demoPortBase } = await planPorts(undefined);
    const config = parse(renderPrometheus(template, { addresses, files, withoutJobs: [] }));
    expect(config.rule_files).toEqual(['/data/config/rules/*.yml']);
    expect(config.alerting.alertmanagers).toMatchObject([
      {
        api_version: 'v2',
        authorization: { credentials_file: '/data/secrets/intake_token' },
        static_configs: [{ targets: [addresses.get('engine:8686')] }],
      },
    ]);
    const demo = config.scrape_configs.find((job: { job_name: string }) => job.job_name === 'demo');
    expect(demo.static_configs[3]).toEqual({
      targets: [`127.0.0.1:${demoPortBase + 3}`],
      labels: { service_name: 'checkout' },
    });
  });

  it('scrapes and evaluates every 5 s, and takes late samples', () => {
    const config = parse(template);
    expect(config.global).toMatchObject({ scrape_interval: '5s', evaluation_interval: '5s' });
    expect(config.storage.tsdb.out_of_order_time_window).toBe('30m');
  });

  it('refuses an address that has no place', () => {
    const places = { addresses: new Map([['engine:8686', '127.0.0.1:1']]), files, withoutJobs: [] };
    expect(() => renderPrometheus(template, places)).toThrow(
      'prometheus.yml names demo:9400: expected one of engine:8686.'
    );
  });

  it('refuses a path that has no place', () => {
    const text = "scrape_configs: []\nrule_files: ['/etc/elsewhere/x.yml']";
    expect(() => renderPrometheus(text, { addresses: new Map(), files, withoutJobs: [] })).toThrow(
      'prometheus.yml names /etc/elsewhere/x'
    );
  });

  it('leaves the demo out where it is not started, and nothing else', async () => {
    const config = parse(await leaveOutJobs(['demo']));
    expect(config.scrape_configs.map((job: { job_name: string }) => job.job_name)).toEqual(['pharos', 'prometheus']);
    expect(config.rule_files).toEqual(parse(template).rule_files);
  });

  it('gives what promtool accepts, where there is a promtool', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-render-'));
    try {
      const plan = await planPorts(undefined);
      await writePrometheusConfig(folder, { ...plan, withoutJobs: [] }, path.join(folder, 'secrets'));
      const promtool = await findPromtool();
      const config = path.join(folder, 'prometheus.yml');
      // Without the program the shape is checked all the same; --syntax-only because the tokens are made later.
      const result =
        promtool === undefined
          ? { code: 0, output: 'SUCCESS: parsed' }
          : await runProgram(promtool, ['check', 'config', '--syntax-only', config]);
      expect(result).toMatchObject({ code: 0, output: expect.stringContaining('SUCCESS') });
      expect(parse(readFileSync(config, 'utf8')).scrape_configs).toHaveLength(3);
      expect(parse(readFileSync(path.join(folder, 'rules', 'example.yml'), 'utf8')).groups).toHaveLength(1);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** Only what is on this machine already: a test builds and fetches nothing. */
async function findPromtool(): Promise<string | undefined> {
  const { goBuild: _, ...installedOnly } = prometheus;
  const found = await locate(installedOnly, {
    searchPath: (process.env.PATH ?? '').split(path.delimiter),
    cache: getProgramCache(process.env),
    architecture: undefined,
    report: () => undefined,
    signal: new AbortController().signal,
  });
  return found.program === undefined ? undefined : path.join(path.dirname(found.program), 'promtool');
}

describe('stack/config', () => {
  it('tells Grafana to load every plugin of ours, to call nobody, and to poll its Alertmanager soon', () => {
    const ini = readFileSync(path.join(configDir, 'grafana.ini'), 'utf8');
    const ids = /allow_loading_unsigned_plugins = (.*)/.exec(ini)?.[1]?.split(',');
    // Neither one missing, nor a name under which anything else could be loaded unsigned.
    const ours = globSync('src/**/plugin.json', { cwd: repositoryRoot }).map(
      (file) => pluginSchema.parse(JSON.parse(readFileSync(path.join(repositoryRoot, file), 'utf8'))).id
    );
    expect(ids?.toSorted()).toEqual(ours.toSorted());
    for (const line of [
      'alertmanager_config_poll_interval = 10s',
      'preinstall_disabled = true',
      'reporting_enabled = false',
      'check_for_updates = false',
      'check_for_plugin_updates = false',
    ]) {
      expect(ini).toContain(line);
    }
  });

  it('makes Tempo derive both kinds of metrics and write them to Prometheus', () => {
    const tempo = parse(readFileSync(path.join(configDir, 'tempo.yaml'), 'utf8'));
    expect(tempo.overrides.defaults.metrics_generator.processors).toEqual(
      expect.arrayContaining(['service-graphs', 'span-metrics'])
    );
    expect(tempo.metrics_generator.storage.remote_write[0].url).toContain('http://prometheus:9090/api/v1/write');
  });

  it('lets nothing call home', () => {
    const loki = parse(readFileSync(path.join(configDir, 'loki.yaml'), 'utf8'));
    const tempo = parse(readFileSync(path.join(configDir, 'tempo.yaml'), 'utf8'));
    expect([loki.analytics.reporting_enabled, tempo.usage_report.reporting_enabled]).toEqual([false, false]);
  });

  it('repeats the replace lines of the modules that are built, at the versions of the stack', () => {
    const modules = path.join(repositoryRoot, 'stack', 'tools');
    const loki = readFileSync(path.join(modules, 'loki', 'go.mod'), 'utf8');
    expect(loki.match(/^replace /gm)).toHaveLength(7);
    expect(loki).toContain('github.com/grafana/loki/v3 v3.7.8');
    const go = readFileSync(path.join(modules, 'prometheus', 'go.mod'), 'utf8');
    expect(go.match(/^replace /gm)).toHaveLength(1);
    expect(go).toContain('github.com/prometheus/prometheus v0.314.0');
    expect(getArchitecture() ?? 'none').toMatch(/^(amd64|arm64|none)$/);
  });
});
