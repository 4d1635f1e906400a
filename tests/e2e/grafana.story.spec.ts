import { expect, type Page, type Request } from '@playwright/test';
import { z } from 'zod';
import { APP_PATH, grafanaUrl, test } from './app.ts';
import { api, eventually, fault } from './engine.ts';
import { grafanaApi } from './grafana.ts';
import { pauseEngine } from './stack.ts';

/** What only Grafana has: Explore, dashboards, its own alerting, menus, and an engine that is somewhere else. */
const EVENT = { labels: { alertname: 'CertificateExpires', service: 'cart', team: 'shop' } };
const SUMMARY = 'cart: the certificate ends in 3 days';

test.beforeAll(async () => {
  await api('POST', '/api/v1/intake/events', { events: [{ ...EVENT, severity: 'warning', summary: SUMMARY }] });
});

test.afterAll(async () => {
  await fault();
  await api('POST', '/api/v1/intake/events', { events: [{ ...EVENT, status: 'resolved' }] });
});

const DATASOURCE = { type: 'pharos-observability-datasource', uid: 'pharos' };

async function explore(page: Page, query: Record<string, unknown>): Promise<void> {
  const queries = [{ refId: 'A', datasource: DATASOURCE, ...query }];
  const panes = { a: { datasource: 'pharos', queries, range: { from: 'now-15m', to: 'now' } } };
  const search = new URLSearchParams({ schemaVersion: '1', orgId: '1', panes: JSON.stringify(panes) });
  await page.goto(grafanaUrl(`/explore?${search.toString()}`));
}

test('the app stands in the navigation, with its pages', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open('/overview');
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible();
  await app.open('/alerts');
  for (const name of ['Alerts', 'Thresholds', 'Settings']) {
    await expect(page.locator(`a[href$="${APP_PATH}/${name.toLowerCase()}"]`).first()).toBeVisible();
  }
});

test('Explore shows alerts as a table, and signals and counts over time', async ({ page, app }) => {
  await app.signIn();
  await explore(page, { queryType: 'alerts' });
  await expect(page.getByText(SUMMARY).first()).toBeVisible();
  await explore(page, { queryType: 'signals', signal: 'latency_p95' });
  await expect(page.getByRole('button', { name: /checkout/ }).first()).toBeVisible();
  await explore(page, { queryType: 'alertCounts', groupBy: 'severity' });
  await expect(page.getByRole('button', { name: /warning/ }).first()).toBeVisible();
});

test('an editor acknowledges in the panel of the dashboard, and the engine knows it at once', async ({ page, app }) => {
  const person = await app.signIn('editor');
  await page.goto(grafanaUrl('/d/pharos-alert-operations'));
  await page.getByRole('button', { name: `Acknowledge ${SUMMARY}` }).click();
  const dialog = page.getByRole('dialog', { name: 'Acknowledge alert' });
  await dialog.getByLabel('Comment').fill('renewing');
  await dialog.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(page.getByText('renewing').first()).toBeVisible();
  const { items } = z
    .object({ items: z.array(z.looseObject({ summary: z.string(), acknowledged: z.looseObject({}).nullable() })) })
    .parse(await api('GET', '/api/v1/alerts?service=cart'));
  expect(items.find(({ summary }) => summary === SUMMARY)?.acknowledged).toMatchObject({
    by: person,
    comment: 'renewing',
  });
});

test('a viewer sees the alerts in the panel, and no button', async ({ page, app }) => {
  const { items } = z
    .object({ items: z.array(z.looseObject({ id: z.string(), summary: z.string() })) })
    .parse(await api('GET', '/api/v1/alerts?service=cart'));
  const id = items.find(({ summary }) => summary === SUMMARY)?.id ?? '';
  await api('POST', `/api/v1/alerts/${id}/unacknowledge`, {});
  await app.signIn('viewer');
  // Until the engine has said who is looking, nobody is offered a button.
  const known = page.waitForResponse((response) => response.url().includes('/api/v1/me'));
  await page.goto(grafanaUrl('/d/pharos-alert-operations'));
  await known;
  await expect(page.getByText(SUMMARY).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Acknowledge/ })).toHaveCount(0);
});

test('the menu of a panel opens the form of a threshold, filled in', async ({ page, app }) => {
  await app.signIn();
  await page.goto(grafanaUrl('/d/pharos-services'));
  const panel = page.getByTestId('data-testid Panel header p95 latency by service').first();
  await panel.hover();
  await panel.getByTestId(/Panel menu/).click();
  await page.getByRole('menuitem', { name: 'Extensions' }).hover();
  await page.getByRole('menuitem', { name: 'Set a threshold on this' }).click();
  await expect(page).toHaveURL(new RegExp(`${APP_PATH}/thresholds\\?new=1`));
  await expect(page.getByText(/histogram_quantile/).first()).toBeVisible();
});

const grafanaAlerts = z.object({
  items: z.array(z.looseObject({ id: z.string(), source: z.string(), ruleId: z.string(), state: z.string() })),
});

const fromGrafana = async (query: string) =>
  grafanaAlerts
    .parse(await api('GET', `/api/v1/alerts?service=checkout&source=grafana&${query}`))
    .items.filter(({ ruleId }) => ruleId === 'pharos-service-latency');

test('a rule of Grafana on a Pharos signal becomes one alert, links to it, and resolves', async ({ page, app }) => {
  test.setTimeout(360_000);
  await app.signIn();
  await fault({ fault: 'latency', service: 'checkout', value: '2s' });
  const alert = await eventually('the alert of Grafana', 150_000, async () => (await fromGrafana('state=firing'))[0]);
  expect(await fromGrafana('state=firing')).toHaveLength(1);

  await page.goto(grafanaUrl('/alerting/grafana/pharos-service-latency/view?tab=instances'));
  await page
    .getByTestId('row')
    .filter({ hasText: 'checkout' })
    .first()
    .getByRole('button', { name: 'Actions' })
    .click();
  await page.getByRole('menuitem', { name: 'Open in Pharos' }).click();
  // Grafana asks whether in this tab.
  await page.getByRole('dialog').getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`${APP_PATH}/alerts/`));
  await expect(page.getByText('Timeline').first()).toBeVisible();

  await fault();
  const resolved = await eventually('it resolves', 180_000, async () =>
    (await fromGrafana('state=resolved')).find(({ id }) => id === alert.id)
  );
  expect(resolved.state).toBe('resolved');
});

test('pages say that the engine does not answer, and come back by themselves', async ({ page, app }) => {
  test.setTimeout(180_000);
  await app.signIn();
  await app.open('/alerts');
  await expect(page.getByText(SUMMARY).first()).toBeVisible();
  const resume = pauseEngine();
  try {
    await page.reload();
    await expect(
      page
        .getByRole('alert')
        .filter({ hasText: /tries again automatically/ })
        .first()
    ).toBeVisible({
      timeout: 60_000,
    });
    expect((await grafanaApi('GET', '/api/health')).status).toBe(200);
  } finally {
    resume();
  }
  await expect(page.getByText(SUMMARY).first()).toBeVisible({ timeout: 60_000 });
});

test('eight panels on one page hold one long poll', async ({ page, app }) => {
  await app.signIn();
  const panels = Array.from({ length: 8 }, (_, n) => ({
    ...{ id: n + 1, type: 'pharos-alerts-panel', title: `Alerts ${n}`, datasource: DATASOURCE },
    gridPos: { x: 12 * (n % 2), y: 5 * Math.floor(n / 2), w: 12, h: 5 },
    targets: [{ refId: 'A', datasource: DATASOURCE, queryType: 'alerts' }],
  }));
  const dashboard = { uid: 'pharos-e2e-eight', title: 'Eight panels', schemaVersion: 42, panels };
  expect((await grafanaApi('POST', '/api/dashboards/db', { dashboard, overwrite: true })).status).toBe(200);
  const polls = new Set<Request>();
  let most = 0;
  page.on('request', (request) => {
    if (request.url().includes('/api/v1/changes') && request.url().includes('since=')) {
      polls.add(request);
      most = Math.max(most, polls.size);
    }
  });
  page.on('requestfinished', (request) => polls.delete(request));
  page.on('requestfailed', (request) => polls.delete(request));
  await page.goto(grafanaUrl('/d/pharos-e2e-eight'));
  await expect(page.getByText(SUMMARY)).toHaveCount(8);
  await eventually('a long poll has begun', 15_000, async () => (most > 0 ? true : undefined));
  // A change makes every feed ask anew: had each panel its own, there would be eight now.
  const next = page.waitForRequest((request) => request.url().includes('/api/v1/changes'), { timeout: 15_000 });
  await api('POST', '/api/v1/intake/events', { events: [{ ...EVENT, severity: 'error', summary: SUMMARY }] });
  await next;
  expect(most).toBe(1);
  await grafanaApi('DELETE', '/api/dashboards/uid/pharos-e2e-eight');
});

test('a public dashboard shows the alerts to somebody without an account', async ({ browser }) => {
  const dashboard = { uid: 'pharos-e2e-public', title: 'Public alerts', schemaVersion: 42 };
  const panel = {
    ...{ id: 1, type: 'pharos-alerts-panel', title: 'Alerts', datasource: DATASOURCE },
    gridPos: { x: 0, y: 0, w: 24, h: 8 },
    targets: [{ refId: 'A', datasource: DATASOURCE, queryType: 'alerts' }],
  };
  await grafanaApi('POST', '/api/dashboards/db', { dashboard: { ...dashboard, panels: [panel] }, overwrite: true });
  const made = await grafanaApi('POST', `/api/dashboards/uid/${dashboard.uid}/public-dashboards`, { isEnabled: true });
  const { accessToken } = z.object({ accessToken: z.string() }).parse(made.body);
  const stranger = await browser.newContext();
  try {
    const page = await stranger.newPage();
    await page.goto(grafanaUrl(`/public-dashboards/${accessToken}`));
    await expect(page.getByText(SUMMARY).first()).toBeVisible();
    await expect(page.getByRole('button', { name: /^Acknowledge/ })).toHaveCount(0);
  } finally {
    await stranger.close();
    await grafanaApi('DELETE', `/api/dashboards/uid/${dashboard.uid}`);
  }
});
