import { expect } from '@playwright/test';
import { z } from 'zod';
import { test } from './app.ts';
import { alertListSchema, api, deliveries, eventually, fault, type Delivery } from './engine.ts';
import { killEngine, startStack, theStack } from './stack.ts';

/** What one person sees from a metric to a notified, acknowledged, remembered alert; the parts build on each other. */
test.describe.configure({ mode: 'serial' });

const openCheckoutAlert = async () => {
  const { items } = alertListSchema.parse(await api('GET', '/api/v1/alerts?service=checkout'));
  return items.find(({ ruleId }) => ruleId === thresholdId);
};

const ofAlert = (all: readonly Delivery[], id: string) =>
  all.filter(({ body }) => body.alerts.some((alert) => alert.id === id));

/** Promised: from the end of the fault, over the minute that rates look back, to the message. */
const RESOLVED_WITHIN_MS = 90_000;

let thresholdId = '';
let alertId = '';
let person = '';

test.afterAll(async () => {
  await fault();
  if (thresholdId !== '') {
    await api('DELETE', `/api/v1/thresholds/${thresholdId}`);
  }
});

test('the overview shows the services of the shop with their figures', async ({ page, app }) => {
  await app.signIn();
  await app.open('/');
  for (const service of ['storefront', 'catalog', 'cart', 'checkout', 'payments']) {
    const row = page.getByRole('row').filter({ hasText: service }).first();
    await expect(row).toContainText('/s');
    await expect(row).toContainText(/\d+(\.\d+)? m?s/);
    await expect(row).toContainText('%');
  }
});

test('a threshold with wrong levels is refused beside the field; a right one is kept', async ({ page, app }) => {
  await app.signIn();
  await app.open('/thresholds?new=1&service=checkout&signal=latency_p95');
  await page.getByRole('textbox', { name: 'Warning' }).fill('800 ms');
  await page.getByRole('textbox', { name: 'Critical' }).fill('300 ms');
  await page.getByRole('button', { name: 'Add threshold' }).last().click();
  await expect(page.getByRole('alert').first()).toBeVisible();
  await page.getByRole('textbox', { name: 'Warning' }).fill('300 ms');
  await page.getByRole('textbox', { name: 'Critical' }).fill('800 ms');
  await page.getByRole('textbox', { name: /^For/ }).fill('10s');
  await page.getByRole('textbox', { name: 'Owner' }).fill('shop');
  await page.getByRole('textbox', { name: 'Runbook' }).fill('https://example.org/runbooks/checkout');
  await expect(page.getByText(/would have fired/i).first()).toBeVisible();
  await page.getByRole('button', { name: 'Add threshold' }).last().click();
  await expect(page.getByRole('row').filter({ hasText: 'checkout: p95 latency' })).toContainText('800 ms');
  const { items } = z
    .object({
      items: z.array(
        z.looseObject({
          id: z.string(),
          service: z.string(),
          warning: z.number(),
          critical: z.number(),
          for: z.string(),
        })
      ),
    })
    .parse(await api('GET', '/api/v1/thresholds?service=checkout'));
  const [threshold] = items;
  expect(threshold).toMatchObject({ warning: 0.3, critical: 0.8, for: '10s', owner: 'shop' });
  thresholdId = threshold?.id ?? '';
});

test('a slow checkout becomes a critical alert within 30 s, notified once for each level', async ({ page, app }) => {
  await app.signIn();
  await app.open('/alerts');
  await fault({ fault: 'latency', service: 'checkout', value: '1s' });
  await expect(page.getByText('checkout: p95 latency above 800 ms').first()).toBeVisible({ timeout: 30_000 });
  alertId = (await eventually('the alert is in the API', 5000, openCheckoutAlert)).id;
  const sent = await eventually('the inbox has the critical notification', 10_000, async () => {
    const found = ofAlert(await deliveries(), alertId);
    return found.some(({ body }) => body.alerts.some(({ severity }) => severity === 'critical')) ? found : undefined;
  });
  const levels = sent.flatMap(({ body }) =>
    body.alerts.filter(({ id }) => id === alertId).map(({ severity }) => severity)
  );
  expect(new Set(levels).size).toBe(levels.length);
  expect(sent.every(({ verified, duplicateOf }) => verified && duplicateOf === null)).toBe(true);
});

test('acknowledging with a comment shows at once in the list and in the API', async ({ page, app }) => {
  person = await app.signIn();
  await app.open(`/alerts/${alertId}`);
  await page.getByRole('button', { name: 'Acknowledge' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Comment').fill('rolling back');
  await dialog.getByRole('button', { name: 'Acknowledge' }).click();
  await expect(page.getByText('rolling back').first()).toBeVisible();
  const alert = await openCheckoutAlert();
  expect(alert?.acknowledged).toMatchObject({ by: person, comment: 'rolling back' });
  await app.open('/alerts');
  await expect(page.getByText(/acknowledged by/i).first()).toBeVisible();
});

test('an engine that is killed comes back with everything, and pages nobody for what was acknowledged', async ({
  page,
  app,
}) => {
  test.setTimeout(180_000);
  const before = ofAlert(await deliveries(), alertId).length;
  const { dataDir } = theStack();
  await killEngine(dataDir);
  await startStack(dataDir);
  const alert = await eventually('the alert is there again', 20_000, openCheckoutAlert);
  expect(alert).toMatchObject({ id: alertId, acknowledged: { by: person, comment: 'rolling back' } });
  await app.signIn();
  await app.open(`/alerts/${alertId}`);
  await expect(page.getByText('rolling back').first()).toBeVisible();
  expect(ofAlert(await deliveries(), alertId)).toHaveLength(before);
});

test('healing resolves it, tells the inbox, and leaves the whole story in the history', async ({ page, app }) => {
  test.setTimeout(180_000);
  await fault();
  const resolution = await eventually('the inbox has the resolution', RESOLVED_WITHIN_MS, async () =>
    ofAlert(await deliveries(), alertId).find(({ body }) =>
      body.alerts.some(({ id, kind }) => id === alertId && kind === 'resolved')
    )
  );
  expect(resolution.verified).toBe(true);
  const { items } = z
    .object({ items: z.array(z.object({ at: z.string(), kind: z.string(), actor: z.string(), reason: z.string() })) })
    .parse(await api('GET', `/api/v1/history?alertId=${alertId}`));
  const kinds = items.map(({ kind }) => kind);
  expect(kinds).toEqual(expect.arrayContaining(['pending', 'fired', 'notified', 'acknowledged', 'resolved']));
  expect(items.every(({ actor, reason, at }) => actor !== '' && reason !== '' && !Number.isNaN(Date.parse(at)))).toBe(
    true
  );
  await app.signIn();
  await app.open('/alerts?tab=history');
  const resolved = page.getByRole('row').filter({ hasText: 'Resolved' }).filter({ hasText: 'checkout: p95 latency' });
  await expect(resolved.first()).toBeVisible();
});
