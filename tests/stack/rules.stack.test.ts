import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { configDir } from '../../stack/paths.ts';

const run = promisify(execFile);
const rulesFile = path.join(configDir, 'rules', 'pharos.yml');

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'pharos-rules-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type SeriesValues = Readonly<Record<string, string>>;

const notifications = (outcome: string): string => `pharos_notifications_total{kind="webhook",outcome="${outcome}"}`;
const evaluations = (outcome: string): string => `pharos_evaluations_total{outcome="${outcome}"}`;
const writes = (le: string): string => `pharos_store_write_duration_seconds_bucket{le="${le}"}`;
const UP = 'up{job="pharos",service_name="pharos"}';
const DEAD = 'pharos_queue_jobs{state="dead"}';
const STALE = 'pharos_source_stale_seconds{source="Prometheus",kind="prometheus"}';
const SOURCE_UP = 'pharos_source_up{source="Prometheus",kind="prometheus"}';
const MISSED = 'pharos_evaluations_missed_total';
const AGE = 'pharos_queue_oldest_age_seconds';

/** An engine that does its work, for 20 minutes at one sample in 15 s. */
const HEALTHY: SeriesValues = {
  [UP]: '1x80',
  [notifications('delivered')]: '0+4x80',
  [notifications('failed')]: '0x80',
  [DEAD]: '0x80',
  [AGE]: '0x80',
  [MISSED]: '0x80',
  [evaluations('done')]: '0+4x80',
  [evaluations('failed')]: '0x80',
  [STALE]: '0x80',
  [SOURCE_UP]: '1x80',
  [writes('0.01')]: '0+10x80',
  [writes('1')]: '0+10x80',
  [writes('+Inf')]: '0+10x80',
};

async function promtool(test: Readonly<Record<string, unknown>>, evaluation_interval = '15s'): Promise<string> {
  const file = path.join(folder, 'test.yml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify({ rule_files: [rulesFile], evaluation_interval, tests: [test] }));
  const { stdout } = await run('promtool', ['test', 'rules', file]).catch(
    (error: { stdout: string; stderr: string }) => {
      throw new Error(`${error.stdout}${error.stderr}`);
    }
  );
  return stdout;
}

const inputOf = (series: SeriesValues) => ({
  interval: '15s',
  input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
});

const without = (name: string): SeriesValues =>
  Object.fromEntries(Object.entries(HEALTHY).filter(([series]) => series !== name));

const cases: ReadonlyArray<{ what: string; series: SeriesValues; firing: readonly string[] }> = [
  { what: 'is well', series: {}, firing: [] },
  { what: 'is down', series: { [UP]: '1x60 0x20' }, firing: ['PharosEngineDown'] },
  { what: 'missed one scrape', series: { [UP]: '1x78 0 1' }, firing: [] },
  {
    what: 'has one delivery in five fail',
    series: { [notifications('failed')]: '0+1x80' },
    firing: ['PharosDeliveryFailing'],
  },
  { what: 'has nothing to deliver', series: { [notifications('delivered')]: '7x80' }, firing: [] },
  { what: 'gave up a notification', series: { [DEAD]: '0x60 1x20' }, firing: ['PharosDeliveryGivenUp'] },
  {
    what: 'gave one up after others were dismissed',
    series: { [DEAD]: '5x60 0x10 1x10' },
    firing: ['PharosDeliveryGivenUp'],
  },
  { what: 'had all dismissed that it gave up', series: { [DEAD]: '5x60 0x20' }, firing: [] },
  { what: 'gave one up long ago', series: { [DEAD]: '1x80' }, firing: [] },
  { what: 'has an old queue', series: { [AGE]: '90x80' }, firing: ['PharosQueueOld'] },
  { what: 'misses evaluations', series: { [MISSED]: '0x60 1+1x20' }, firing: ['PharosEvaluationsMissed'] },
  { what: 'missed some long ago', series: { [MISSED]: '0x20 5x60' }, firing: [] },
  {
    what: 'has one evaluation in five fail',
    series: { [evaluations('failed')]: '0+1x80' },
    firing: ['PharosEvaluationsFailing'],
  },
  {
    what: 'has a source that is silent',
    series: { [STALE]: '0x70 65+15x9', [SOURCE_UP]: '1x70 0x10' },
    firing: ['PharosSourceStale'],
  },
  { what: 'never had a source', series: { [STALE]: '_x80', [SOURCE_UP]: '0x80' }, firing: [] },
  {
    what: 'restarts while a source is silent',
    series: { [STALE]: '0x60 65+15x12 stale _x3 305+15x3', [SOURCE_UP]: '1x60 0x12 stale _x3 0x3' },
    firing: ['PharosSourceStale'],
  },
  { what: 'has a source again', series: { [STALE]: '0x40 65+15x20 0x20' }, firing: [] },
  { what: 'lost a source for a minute', series: { [STALE]: '0x70 65+15x1 0x8' }, firing: [] },
  { what: 'has a slow store', series: { [writes('0.01')]: '0+9x80' }, firing: ['PharosStoreSlow'] },
];

const eval_time = '20m';

it.each(cases)('an engine that $what fires $firing', async ({ series, firing }) => {
  const expected = [...firing, 'PharosDeadMansSwitch'];
  const output = await promtool({
    ...inputOf({ ...HEALTHY, ...series }),
    promql_expr_test: [
      {
        expr: 'count by (alertname) (ALERTS{alertstate="firing"})',
        eval_time,
        exp_samples: expected.map((alertname) => ({ labels: `{alertname="${alertname}"}`, value: 1 })),
      },
    ],
  });
  expect(output).toContain('SUCCESS');
});

it('tells of a source for as long as it is silent: more than a day, and no longer', async () => {
  const firing = (eval_time: string, exp_samples: ReadonlyArray<{ labels: string; value: number }>) => ({
    expr: 'count by (source) (ALERTS{alertname="PharosSourceStale", alertstate="firing"})',
    ...{ eval_time, exp_samples },
  });
  const still = [{ labels: '{source="Prometheus"}', value: 1 }];
  const output = await promtool(
    {
      interval: '1m',
      // Silent from 0:10 to 48:10.
      input_series: [{ series: STALE, values: '0x9 60+60x2879 0x30' }],
      promql_expr_test: [firing('20m', still), firing('25h', still), firing('48h8m', still), firing('48h20m', [])],
    },
    '2m'
  );
  expect(output).toContain('SUCCESS');
});

it('fires when the engine is not scraped at all', async () => {
  const output = await promtool({
    ...inputOf(without(UP)),
    promql_expr_test: [
      {
        expr: 'count(ALERTS{alertname="PharosEngineDown", alertstate="firing"})',
        eval_time,
        exp_samples: [{ labels: '{}', value: 1 }],
      },
    ],
  });
  expect(output).toContain('SUCCESS');
});

const ruleFile = z.object({
  groups: z.tuple([
    z.object({
      rules: z.array(
        z.object({
          alert: z.string(),
          labels: z.object({ severity: z.string(), service: z.literal('pharos') }),
          annotations: z.object({ summary: z.string(), description: z.string() }),
        })
      ),
    }),
  ]),
});

const sentences = [
  {
    alert: 'PharosDeliveryFailing',
    series: { [notifications('failed')]: '0+1x80' },
    labels: { kind: 'webhook' },
    summary: '20% of the deliveries to webhook receivers fail',
  },
  { alert: 'PharosQueueOld', series: { [AGE]: '90x80' }, summary: 'The oldest notification has waited for 1m 30s' },
  {
    alert: 'PharosSourceStale',
    series: { [STALE]: '120x80' },
    labels: { source: 'Prometheus', kind: 'prometheus' },
    summary: 'Prometheus has not answered Pharos for 2m 0s',
  },
];

it.each(sentences)('$alert says "$summary"', async ({ alert, series, labels = {}, summary }) => {
  const { groups } = ruleFile.parse(parse(await readFile(rulesFile, 'utf8')));
  const rule = groups[0].rules.find((one) => one.alert === alert);
  const output = await promtool({
    ...inputOf({ ...HEALTHY, ...series }),
    alert_rule_test: [
      {
        alertname: alert,
        eval_time,
        exp_alerts: [
          {
            exp_labels: { ...labels, ...rule?.labels },
            exp_annotations: { summary, description: rule?.annotations.description },
          },
        ],
      },
    ],
  });
  expect(output).toContain('SUCCESS');
});
