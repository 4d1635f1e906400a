import { expect, type Page } from '@playwright/test';
import { grafanaUrl, test } from './app.ts';
import { api } from './engine.ts';
import { grafanaApi } from './grafana.ts';
import { violationsOf } from './screen.ts';

/** What of ours stands on Grafana's own pages: configuration, editors, a panel and its options. */
const DATASOURCE = { type: 'pharos-observability-datasource', uid: 'pharos' };
const UID = 'pharos-e2e-axe';
const EVENT = { labels: { alertname: 'LinkDown', service: 'catalog' } };
const SUMMARY = 'catalog: the link is down';

test.beforeAll(async () => {
  await api('POST', '/api/v1/intake/events', { events: [{ ...EVENT, severity: 'warning', summary: SUMMARY }] });
  const query = { refId: 'variable', find: 'services' };
  const dashboard = {
    ...{ uid: UID, title: 'Ours', schemaVersion: 42 },
    templating: { list: [{ type: 'query', name: 'service', datasource: DATASOURCE, query }] },
    panels: [
      {
        ...{ id: 1, type: 'pharos-alerts-panel', title: 'Open alerts', gridPos: { h: 9, w: 24, x: 0, y: 0 } },
        ...{ datasource: DATASOURCE, targets: [{ refId: 'A', datasource: DATASOURCE, queryType: 'alerts' }] },
      },
    ],
  };
  expect((await grafanaApi('POST', '/api/dashboards/db', { dashboard, overwrite: true })).status).toBe(200);
});

test.afterAll(async () => {
  await grafanaApi('DELETE', `/api/dashboards/uid/${UID}`);
  await api('POST', '/api/v1/intake/events', { events: [{ ...EVENT, status: 'resolved' }] });
});

/** Of Grafana 12.4 itself, on pages that hold something of ours. */
const GRAFANAS = [
  /explore-toolbar-content-outline-button/,
  /value="Above dashboard"/,
  /data-testid="Variable editor Form/,
  /react-select-/,
  /for="table-view"/,
  />Save dashboard</,
];

const PLACES: ReadonlyArray<readonly [name: string, at: string, sign: (page: Page) => Promise<void>]> = [
  [
    'the configuration of the app',
    '/plugins/pharos-observability-app?page=configuration',
    (page) => expect(page.getByText('Connection to the engine').first()).toBeVisible(),
  ],
  [
    'the settings of the data source',
    '/connections/datasources/edit/pharos',
    (page) => expect(page.getByLabel(/relay secret/i).first()).toBeVisible(),
  ],
  [
    'the editor of a variable',
    `/d/${UID}?editview=variables&editIndex=0`,
    (page) => expect(page.getByRole('combobox', { name: /^List/ })).toBeVisible(),
  ],
  [
    'the panel with its options and the editor of its query',
    `/d/${UID}?editPanel=1`,
    async (page) => {
      // Panel, editor and options are loaded by themselves.
      await expect(page.getByText(SUMMARY).first()).toBeVisible({ timeout: 60_000 });
      await expect(page.getByText('Group by').first()).toBeVisible();
      await expect(page.getByRole('combobox', { name: /^Severities/ }).first()).toBeVisible();
    },
  ],
];

test('what stands on pages of Grafana passes axe', async ({ page, app }) => {
  test.setTimeout(240_000);
  await app.signIn();
  const problems: string[] = [];
  for (const [name, at, sign] of PLACES) {
    await page.goto(grafanaUrl(at));
    await sign(page);
    problems.push(...(await violationsOf(page)).map((problem) => `${name}: ${problem}`));
  }
  expect(problems.filter((problem) => !GRAFANAS.some((known) => known.test(problem)))).toEqual([]);
});
