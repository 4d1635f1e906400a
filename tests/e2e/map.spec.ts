import { expect } from '@playwright/test';
import { test } from './app.ts';
import { expectAccessible, expectToFit } from './screen.ts';

const SERVICES = ['storefront', 'catalog', 'cart', 'checkout', 'payments'];

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
  // On the map: the sentence above it may grow by a line.
  const place = async () => {
    const [node, map] = [
      await checkout.boundingBox(),
      await page.getByRole('group', { name: /^Service map/ }).boundingBox(),
    ];
    return [Math.round((node?.x ?? NaN) - (map?.x ?? NaN)), Math.round((node?.y ?? NaN) - (map?.y ?? NaN))];
  };
  const before = await place();
  expect(before.every(Number.isFinite)).toBe(true);
  await page.waitForResponse((response) => response.url().includes('/service-map'));
  expect(await place()).toEqual(before);
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
  await panel.getByRole('button', { name: 'Show only its neighbors' }).press('Enter');
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

for (const view of ['map', 'list'] as const) {
  test(`the ${view} fits the screen and passes axe`, async ({ page, app }) => {
    await app.signIn();
    await app.open(`/map?window=5m&view=${view}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Service map' })).toBeVisible();
    await expect(page.getByLabel(/^(Loading|Placing)/)).toHaveCount(0);
    await expectToFit(page);
    await expectAccessible(page);
  });
}
