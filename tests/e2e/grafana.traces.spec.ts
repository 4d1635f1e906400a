import { randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import { APP_PATH, grafanaUrl, test } from './app.ts';
import { api, eventually } from './engine.ts';
import { grafanaApi } from './grafana.ts';
import { readStack, theStack } from './stack.ts';

/** The ways between traces and what only Grafana has: exemplars on its charts, and profiles. */
/** Tempo leaves out leading zeros in the exemplars of its metrics. */
const TRACE_ID = /[0-9a-f]{24,32}/;
/** With what is said of new tabs; not the metrics of the service. */
const PROFILE = /^Profile(?!d)/;
const PROFILES = { uid: 'e2e-profiles', name: 'Profiles', type: 'grafana-pyroscope-datasource' };

test.afterAll(async () => {
  await grafanaApi('DELETE', `/api/datasources/uid/${PROFILES.uid}`);
});

async function explore(page: Page, expr: string): Promise<void> {
  const datasource = { type: 'prometheus', uid: 'prometheus' };
  const queries = [{ refId: 'A', datasource, expr, range: true, exemplar: true }];
  const panes = { a: { datasource: 'prometheus', queries, range: { from: 'now-15m', to: 'now' } } };
  const search = new URLSearchParams({ schemaVersion: '1', orgId: '1', panes: JSON.stringify(panes) });
  await page.goto(grafanaUrl(`/explore?${search.toString()}`));
}

for (const [whose, metric] of [
  ['the shop', 'http_server_request_duration_seconds_bucket{service_name="checkout"}'],
  ['the span metrics of Tempo', 'traces_spanmetrics_latency_bucket{service="checkout"}'],
] as const) {
  test(`an exemplar of ${whose} leads to its trace, in Tempo and in Pharos`, async ({ page, app }) => {
    await app.signIn('editor');
    // Whole traces: what is on its way yet has no root.
    await expect(async () => {
      await explore(page, `histogram_quantile(0.95, sum by (le) (rate(${metric}[1m])))`);
      await expect(page.getByTestId('data-testid Exemplar marker').last()).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 90_000 });
    await page.getByTestId('data-testid Exemplar marker').last().hover();
    await expect(page.getByRole('link', { name: 'Query with Tempo' })).toHaveAttribute('href', TRACE_ID);
    const place = (await page.getByRole('link', { name: 'Open in Pharos' }).getAttribute('href')) ?? '';
    expect(place).toMatch(new RegExp(`^${APP_PATH}/traces/${TRACE_ID.source}$`));
    await page.goto(grafanaUrl(place));
    await expect(page.getByRole('treegrid', { name: 'Spans' }).locator('[data-row]').first()).toContainText(
      'storefront'
    );
  });
}

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });

/** A span that says which profile is its own, as Pyroscope's SDKs let it. */
async function sendProfiled(traceId: string): Promise<void> {
  const tempo = readStack(theStack().dataDir).addresses['tempo:4318'] ?? '';
  const end = Date.now();
  const span = {
    ...{ traceId, spanId: 'ab'.repeat(8), name: 'GET /profiled', kind: 2 },
    ...{ startTimeUnixNano: `${end - 20}000000`, endTimeUnixNano: `${end}000000` },
    attributes: [text('pyroscope.profile.id', 'ab'.repeat(8))],
  };
  const resource = { attributes: [text('service.name', 'profiled')] };
  const response = await fetch(`http://${tempo}/v1/traces`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }] }),
  });
  expect(response.status).toBe(200);
}

test('a span leads to its profile where Grafana has a source of profiles, and only there', async ({ page, app }) => {
  const traceId = randomBytes(16).toString('hex');
  await sendProfiled(traceId);
  await eventually('the trace is there', 30_000, () => api('GET', `/api/v1/traces/${traceId}`).catch(() => undefined));
  await app.signIn('editor');
  const place = `/traces/${traceId}?span=${'ab'.repeat(8)}`;
  const detail = page.getByRole('region', { name: 'Span' });
  await app.open(place);
  await expect(detail).toContainText('pyroscope.profile.id');
  await expect(detail.getByRole('link', { name: PROFILE })).toHaveCount(0);

  const made = await grafanaApi('POST', '/api/datasources', {
    ...PROFILES,
    access: 'proxy',
    url: 'http://127.0.0.1:1',
  });
  expect(made.status).toBe(200);
  await app.open(place);
  // What it shows needs a Pyroscope, and Grafana's plugin for it, which not every build of Grafana has.
  await expect(detail.getByRole('link', { name: PROFILE })).toHaveAttribute('href', new RegExp(PROFILES.uid));
});
