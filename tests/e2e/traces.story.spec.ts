import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { test } from './app.ts';
import { api, eventually } from './engine.ts';
import { expectAccessible, expectToFit } from './screen.ts';

const WINDOW_MS = 30 * 60_000;
/** By then all its spans have arrived. */
const SETTLED_MS = 45_000;
const SPAN = /^[0-9a-f]{16}$/;

const found = z.object({ items: z.array(z.looseObject({ traceId: z.string(), startedAt: z.string() })) });
const got = z.object({ document: z.unknown() });

let traceId = '';
/** The same trace as a file would hold it. */
let document = '';

/** A checkout of the demo shop, long enough ago to be whole. */
async function findCheckout(): Promise<string | undefined> {
  const now = Date.now();
  const { items } = found.parse(
    await api('POST', '/api/v1/traces/search', {
      query: '{ resource.service.name = "storefront" && name = "POST /checkout" }',
      from: new Date(now - WINDOW_MS).toISOString(),
      to: new Date(now).toISOString(),
      limit: 100,
    })
  );
  return items.find(({ startedAt }) => Date.parse(startedAt) < now - SETTLED_MS)?.traceId;
}

test.beforeAll(async () => {
  test.setTimeout(180_000);
  traceId = await eventually('a checkout of the shop is traced', 150_000, findCheckout);
  document = JSON.stringify(got.parse(await api('GET', `/api/v1/traces/${traceId}`)).document);
});

const spanOf = (page: Page): string => new URL(page.url()).searchParams.get('span') ?? '';
const detail = (page: Page) => page.getByRole('region', { name: 'Span' });
const rows = (page: Page) => page.getByRole('treegrid', { name: 'Spans' }).locator('[data-row]');

/** As a hand would drop it: the page reads a real `File`. */
async function dropFile(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    `(() => { const transfer = new DataTransfer(); transfer.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)})); return transfer; })()`
  );
  await page.getByTestId('trace-drop').dispatchEvent('drop', { dataTransfer: transfer });
}

test('a trace of the shop answers first, and is read by keyboard alone', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open(`/traces/${traceId}`);
  await expect(page.getByText(/storefront: POST \/checkout took [\d.]+ m?s; \d+ % of it in /)).toBeVisible();
  await expect(rows(page).first()).toContainText('storefront');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(rows(page).nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(detail(page)).toContainText('Duration');
  const first = spanOf(page);
  expect(first).toMatch(SPAN);
  await page.keyboard.press('j');
  await expect.poll(() => spanOf(page)).not.toBe(first);
  await page.keyboard.press('Escape');
  await expect(detail(page)).toBeHidden();
});

test('a link leads to the same span in the same view', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open(`/traces/${traceId}`);
  await rows(page).nth(2).click();
  await expect(detail(page)).toBeVisible();
  const chosen = spanOf(page);
  await app.open(`/traces/${traceId}?span=${chosen}&q=service:storefront&only=1&fold=service`);
  await expect(detail(page)).toContainText(chosen);
  await expect(page.getByRole('textbox', { name: 'Filter spans' })).toHaveValue('service:storefront');
  for (const row of await rows(page).all()) {
    await expect(row).toContainText('storefront');
  }
  await app.open(`/traces/${traceId}?tab=operations`);
  await expect(page.getByRole('tab', { name: 'Operations' })).toHaveAttribute('aria-selected', 'true');
});

test('a link leads to the same stretch of time and the same table, and Back to the whole', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open(`/traces/${traceId}?time=nonsense&sort=nonsense&group=nonsense`);
  const end = page.getByRole('slider', { name: 'End of the time shown' });
  const whole = await end.getAttribute('aria-valuetext');
  await end.focus();
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowLeft');
  const closer = await end.getAttribute('aria-valuetext');
  expect(closer).not.toBe(whole);
  await expect(page).toHaveURL(/[?&]time=0-\d+/);
  await page.reload();
  await expect(end).toHaveAttribute('aria-valuetext', closer ?? '');
  await page.goBack();
  await expect(end).toHaveAttribute('aria-valuetext', whole ?? '');
  await page.goForward();
  await expect(end).toHaveAttribute('aria-valuetext', closer ?? '');
  await app.open(`/traces/${traceId}?tab=spans&sort=-self&group=service`);
  const spans = page.getByRole('grid', { name: 'Spans' });
  await expect(spans.getByRole('row').nth(1)).toContainText(/\d+ spans?, .*self/);
});

test('a filter finds spans by what they carry', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open(`/traces/${traceId}`);
  await expect(rows(page).first()).toBeVisible();
  const all = await rows(page).count();
  await page.keyboard.press('/');
  await page.keyboard.type('service:cart');
  await expect(page.getByText(/\d+ spans? match/)).toBeVisible();
  await page.getByText('Only matches').click();
  await expect(rows(page)).not.toHaveCount(all);
  await expect(rows(page).last()).toContainText('cart');
  await page.getByRole('textbox', { name: 'Filter spans' }).fill('duration>soon');
  await expect(page.getByRole('alert')).toContainText('expected a duration such as 100ms');
});

test('a file is dropped onto the page and read where it is', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open('/traces/file');
  await expect(page.getByRole('heading', { name: 'Drop a file with a trace here' })).toBeVisible();
  const sent: string[] = [];
  page.on('request', (request) => void (request.method() === 'GET' || sent.push(request.url())));
  await dropFile(page, 'checkout.json', document);
  await expect(page.getByText(/storefront: POST \/checkout took /)).toBeVisible();
  await expect(rows(page).first()).toContainText('storefront');
  expect(sent.filter((url) => url.includes('/traces'))).toEqual([]);
  await dropFile(page, 'page.html', '<!doctype html><title>Sign in</title>');
  await expect(page.getByRole('alert')).toContainText('page.html could not be read');
  await expect(page.getByText(/storefront: POST \/checkout took /)).toBeVisible();
});

test('a trace that is not there has a way out', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open(`/traces/${'d'.repeat(32)}`);
  await expect(page.getByRole('heading', { name: 'There is no such trace' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/has no trace d{32}/)).toBeVisible();
});

for (const tab of ['waterfall', 'flame', 'path', 'spans', 'operations', 'graph', 'errors']) {
  test(`the view ${tab} fits the screen and passes axe`, async ({ page, app }) => {
    await app.signIn('viewer');
    await app.open(`/traces/${traceId}?tab=${tab}&q=storefront`);
    await expect(page.getByText(/storefront: POST \/checkout took /)).toBeVisible();
    await page.keyboard.press('e');
    await page.waitForLoadState('load');
    await expect(page.getByLabel(/^Loading/)).toHaveCount(0);
    await expectToFit(page);
    await expectAccessible(page);
  });
}
