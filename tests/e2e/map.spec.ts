import AxeBuilder from '@axe-core/playwright';
import { expect } from '@playwright/test';
import { test } from './app.ts';
import { eventually, fault } from './engine.ts';

const SERVICES = ['storefront', 'catalog', 'cart', 'checkout', 'payments'];

test.afterAll(async () => {
  await fault();
});

test('the map shows the shop, its database, its queue and the host outside', async ({ page, app }) => {
  test.setTimeout(120_000);
  await app.signIn();
  await app.open('/map?window=1m&view=map');
  const map = page.getByRole('group', { name: /^Service map/ });
  const shown = [
    ...SERVICES.map((service) => new RegExp(`^${service} .*/s.*service$`)),
    ...[/^catalog-db.*database$/, /^payments.*queue$/, /^card-processor.*outside$/, /^user.*users$/],
  ];
  // Users and hosts outside are on the map once Tempo has given up waiting for their spans: all of it stands together only then.
  await expect(async () => {
    for (const name of shown) {
      await expect(map.getByRole('button', { name })).toBeVisible({ timeout: 1000 });
    }
  }).toPass({ timeout: 90_000 });
});

test('nodes stay where they are from one refresh to the next', async ({ page, app }) => {
  await app.signIn();
  await app.open('/map?window=1m&view=map');
  const checkout = page.getByRole('button', { name: /^checkout.*service$/ });
  await expect(checkout).toBeVisible();
  const before = await checkout.boundingBox();
  await page.waitForResponse((response) => response.url().includes('/service-map'));
  expect(await checkout.boundingBox()).toEqual(before);
});

test('by keyboard to a service, what is near it, and its traces', async ({ page, app }) => {
  await app.signIn();
  await app.open('/map?window=1m&view=map');
  await page.getByRole('button', { name: /^cart.*service$/ }).focus();
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog');
  await expect(panel.getByRole('link', { name: 'Traces' })).toHaveAttribute(
    'href',
    /\/traces\?service=cart&from=now-1m&to=now$/
  );
  await panel.getByRole('button', { name: 'Only what is near it' }).press('Enter');
  await expect(page).toHaveURL(/around=cart/);
  await expect(page.getByRole('button', { name: /^cart.*service$/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /^card-processor/ })).toHaveCount(0);
});

test('what is chosen stays in sight beside its panel, and leads to traces of its calls', async ({ page, app }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await app.signIn();
  // What stands at the right would lie below the panel.
  await app.open('/map?window=5m&view=map&node=external%3Acard-processor');
  const panel = page.getByRole('dialog');
  const node = page.locator('[data-node="external:card-processor"]');
  await expect(async () => {
    const [beside, covered] = [await node.boundingBox(), await panel.boundingBox()];
    expect((beside?.x ?? NaN) + (beside?.width ?? NaN)).toBeLessThanOrEqual(covered?.x ?? NaN);
  }).toPass({ timeout: 30_000 });
  await panel.getByRole('link', { name: 'Traces of these calls' }).click();
  await expect(page.getByRole('table', { name: 'Traces' })).toContainText('checkout', { timeout: 30_000 });
});

test('a fault is seen as a difference from before', async ({ page, app }) => {
  const before = new Date().toISOString();
  await app.signIn();
  await fault({ fault: 'latency', service: 'cart', value: '800ms' });
  await eventually('the slow minute is over', 120_000, async () =>
    Date.now() - Date.parse(before) > 65_000 ? true : undefined
  );
  await app.open(`/map?window=1m&view=list&baseline=${before}`);
  await expect(page.getByText(/→ cart is slower \(p95 .*, was .*\)/).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('row').filter({ hasText: '→ cart' }).first()).toContainText('Slower');
});

for (const view of ['map', 'list'] as const) {
  for (const colorScheme of ['dark', 'light'] as const) {
    test(`the ${view} fits 380 px and passes axe (${colorScheme})`, async ({ page, app }) => {
      await page.setViewportSize({ width: 380, height: 800 });
      await page.emulateMedia({ colorScheme });
      await app.signIn();
      await app.open(`/map?window=5m&view=${view}`);
      await expect(page.getByRole('heading', { level: 1, name: 'Service map' })).toBeVisible();
      await expect(page.getByLabel(/^(Loading|Placing)/)).toHaveCount(0);
      const [scrolled, width] = await page
        .locator('html')
        .evaluate((html) => [html.scrollWidth, html.clientWidth] as const);
      expect(scrolled).toBeLessThanOrEqual(width);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
    });
  }
}
