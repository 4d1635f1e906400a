import { expect } from '@playwright/test';
import { z } from 'zod';
import { test } from './app.ts';
import { api, eventually } from './engine.ts';
import { expectAccessible, expectToFit } from './screen.ts';

const MINUTE = 60_000;
const TABS = ['', '?tab=operations', '?tab=errors', '?tab=calls&service=checkout'];

const found = z.object({ items: z.array(z.looseObject({ traceId: z.string() })) });

/** Enough traces of the shop to select some and leave some. */
async function findMany(): Promise<readonly string[] | undefined> {
  const now = Date.now();
  const { items } = found.parse(
    await api('POST', '/api/v1/traces/search', {
      query: '{ resource.service.name = "storefront" }',
      ...{ from: new Date(now - 30 * MINUTE).toISOString(), to: new Date(now).toISOString(), limit: 100 },
    })
  );
  return items.length < 20 ? undefined : items.map(({ traceId }) => traceId);
}

test.beforeAll(async () => {
  test.setTimeout(180_000);
  await eventually('the shop has traces', 150_000, findMany);
});

const plotOf = /^\d+ traces by start and duration/;

test('a search answers first, and a box in the plot selects without opening anything', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open('/traces?service=storefront&from=now-30m&limit=100');
  await expect(page.getByText(/^\d+ (?:or more )?traces, .*; p50 .*the slowest is storefront/)).toBeVisible();
  const plot = page.getByRole('img', { name: plotOf });
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  expect(box).not.toBeNull();
  const { x, y, width, height } = box ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.move(x + 66, y + 2);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.move(x + width - 2, y + height - 24);
  await page.mouse.up();
  await expect(page.getByText(/^\d+ traces? selected$/)).toBeVisible();
  expect(new URL(page.url()).searchParams.get('ids')).toMatch(/^[0-9a-f]{32}/);
  await page.getByRole('button', { name: 'Clear the selection' }).click();
  await expect(page.getByText(/selected$/)).toHaveCount(0);
});

test('says what is different about the slowest; a click on a value narrows the search', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open('/traces?from=now-30m&limit=40');
  await page.getByRole('button', { name: /^Select the slowest/ }).click();
  await page.getByRole('button', { name: 'What is different about these?' }).click();
  const differences = page.getByRole('list', { name: 'Differences' });
  await expect(differences).toBeVisible({ timeout: 60_000 });
  await differences.getByRole('button').first().click();
  await expect.poll(() => new URL(page.url()).search).toMatch(/attr=|operation=|status=/);
});

test('the filter becomes TraceQL; what Tempo has against a query stands beside it', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open('/traces?service=checkout&status=error');
  const unfold = page.getByRole('button', { name: /^Filters/ });
  await expect(page.getByRole('search', { name: 'Search traces' })).toBeVisible();
  if (await unfold.isVisible()) {
    await unfold.click();
  }
  await page.getByRole('radio', { name: 'TraceQL' }).click();
  const field = page.getByRole('textbox', { name: 'TraceQL' });
  await expect(field).toHaveValue('{ resource.service.name = "checkout" && status = error }');
  await field.fill('{ foo }');
  await field.press('Enter');
  await expect(page.getByText(/parse error at line 1, col \d+/)).toHaveCount(1);
  await expect(field).toBeFocused();
});

test('a trace opens by what somebody pasted, and from the list by keyboard', async ({ page, app }) => {
  await app.signIn('viewer');
  const [traceId = ''] = (await findMany()) ?? [];
  await app.open('/traces');
  const field = page.getByRole('textbox', { name: 'Open a trace by its id' });
  await field.fill(`00-${traceId.padStart(32, '0')}-00f067aa0ba902b7-01`);
  await field.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/traces/${traceId.padStart(32, '0')}`));
  await app.open('/traces?from=now-30m');
  await expect(page.getByRole('table', { name: 'Traces' })).toBeVisible();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/traces\/[0-9a-f]{1,32}$/);
});

for (const tab of TABS) {
  test(`/traces${tab} is whole, fits the screen and passes axe`, async ({ page, app }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await app.signIn('viewer');
    await app.open(`/traces${tab}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Traces' })).toBeVisible();
    // Many traces are read whole for some of them.
    await expect(page.getByLabel(/^Loading/)).toHaveCount(0, { timeout: 60_000 });
    await expectToFit(page);
    await expectAccessible(page);
    expect(errors).toEqual([]);
  });
}
