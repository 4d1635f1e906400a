import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { test } from './app.ts';
import { api, eventually } from './engine.ts';
import { readStack, theStack } from './stack.ts';

const WINDOW_MS = 30 * 60_000;
/** By then all spans of a trace have arrived. */
const SETTLED_MS = 45_000;
/** A trace that ended so long ago is painted within so long of the click. */
const AGO_MS = 10_000;
const PAINTED_WITHIN_MS = 5000;
const TRACES_TIMED = 20;

const found = z.object({ items: z.array(z.looseObject({ traceId: z.string(), startedAt: z.string() })) });
const exemplars = z.object({
  data: z.array(
    z.object({
      exemplars: z.array(z.object({ labels: z.looseObject({ trace_id: z.string() }), timestamp: z.number() })),
    })
  ),
});

/** A trace that the query finds, long enough ago to be whole. */
const settled = (what: string, query: string) =>
  eventually(what, 150_000, async () => {
    const now = Date.now();
    const window = { from: new Date(now - WINDOW_MS).toISOString(), to: new Date(now).toISOString() };
    const { items } = found.parse(await api('POST', '/api/v1/traces/search', { query, ...window, limit: 100 }));
    return items.find(({ startedAt }) => Date.parse(startedAt) < now - SETTLED_MS)?.traceId;
  });

let order = '';
let batch = '';

test.beforeAll(async () => {
  test.setTimeout(320_000);
  batch = await settled('a batch of confirmations', '{ name = "process confirmations" }');
  order = await settled(
    'an order',
    '{ resource.service.name = "checkout" && name = "POST /orders" && status != error }'
  );
});

const rows = (page: Page) => page.getByRole('treegrid', { name: 'Spans' }).locator('[data-row]');
const linked = (page: Page, side: string) => page.getByRole('group', { name: side });

async function unfoldLinked(page: Page): Promise<void> {
  await page.locator('summary', { hasText: 'Linked traces' }).click();
}

test('work that was handed on opens as one story, from either side, with its wait in the queue', async ({
  page,
  app,
}) => {
  await app.signIn('viewer');
  await app.open(`/traces/${batch}`);
  await unfoldLinked(page);
  const [before, after] = [linked(page, 'Before it'), linked(page, 'Triggered by it')];
  await expect(after).toContainText('None');
  const sender = before.getByRole('link', { name: 'checkout: send confirmations' }).first();
  const wait = /waited [\d.]+ m?s in the queue/;
  await expect(before.getByRole('listitem').first()).toContainText(wait);
  const said = wait.exec(await before.getByRole('listitem').first().innerText())?.[0] ?? '';
  await sender.click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('storefront: POST /checkout');
  await expect(page.getByRole('region', { name: 'Span' })).toContainText('send confirmations');
  await page.getByRole('button', { name: 'Close (Escape)' }).click();
  await unfoldLinked(page);
  await expect(after.getByRole('listitem')).toContainText('worker: process confirmations');
  await expect(after.getByRole('listitem')).toContainText(said);
  await after.getByRole('link', { name: 'worker: process confirmations' }).click();
  await expect(page).toHaveURL(new RegExp(`/traces/${batch}`));
});

test('a span leads to its log lines and to the metrics of its service', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open(`/traces/${order}`);
  await rows(page).filter({ hasText: 'checkout' }).filter({ hasText: 'POST /orders' }).first().click();
  const detail = page.getByRole('region', { name: 'Span' });
  // The shop sends no profiles.
  await expect(detail.getByRole('link', { name: /^Profile/ })).toHaveCount(0);
  await detail.getByRole('button', { name: 'Log lines', exact: true }).click();
  await expect(detail.getByText(/^\d+ lines? with the id of this trace/)).toBeVisible();
  await expect(detail.getByRole('list', { name: 'Log lines' })).toContainText(/POST \/orders \d{3}/);
  await detail.getByRole('button', { name: 'Log lines of the whole trace' }).click();
  await expect(detail.getByRole('list', { name: 'Log lines of the whole trace' })).toContainText('payments');
  await detail.getByRole('link', { name: 'Metrics of checkout' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer).toContainText('checkout');
  await expect(drawer.getByText('p95 latency').first()).toBeVisible();
});

/** Traces that exemplars of the shop name, with the moment each ended. */
async function justEnded() {
  const prometheus = readStack(theStack().dataDir).addresses['prometheus:9090'] ?? '';
  const now = Date.now() / 1000;
  const asked = { query: 'http_server_request_duration_seconds_bucket{service_name="storefront"}' };
  const params = new URLSearchParams({ ...asked, start: String(now - 15), end: String(now) });
  const response = await fetch(`http://${prometheus}/api/v1/query_exemplars?${params.toString()}`);
  return exemplars
    .parse(await response.json())
    .data.flatMap((series) =>
      series.exemplars.map(({ labels, timestamp }) => ({ id: labels.trace_id, at: timestamp * 1000 }))
    );
}

test('a trace that ended ten seconds ago is painted within five of the click', async ({ page, app }) => {
  test.setTimeout(180_000);
  await app.signIn('viewer');
  await app.open('/traces');
  const field = page.getByRole('textbox', { name: 'Open a trace by its id' });
  const taken = new Map<string, number>();
  while (taken.size < TRACES_TIMED) {
    const { id, at } = await eventually('a trace ended ten seconds ago', 60_000, async () =>
      (await justEnded()).find(({ id: one, at: ended }) => !taken.has(one) && Date.now() - ended > AGO_MS)
    );
    expect(Date.now() - at).toBeLessThan(AGO_MS + 10_000);
    await field.fill(id);
    const clicked = performance.now();
    await field.press('Enter');
    await expect(rows(page).first()).toContainText('storefront');
    taken.set(id, performance.now() - clicked);
    await expect(page.getByText(/The trace is still being written/)).toBeVisible();
    await page.goBack();
  }
  const [most, median] = [taken.size - 1, Math.floor(taken.size / 2)].map(
    (index) => [...taken.values()].toSorted((a, b) => a - b)[index] ?? Number.NaN
  );
  console.log(
    `ms from the click to the painted trace, of ${taken.size}: median ${median?.toFixed(0)}, most ${most?.toFixed(0)}`
  );
  expect(most).toBeLessThan(PAINTED_WITHIN_MS);
});
