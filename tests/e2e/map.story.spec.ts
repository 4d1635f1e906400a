import { expect } from '@playwright/test';
import { test } from './app.ts';
import { eventually, fault } from './engine.ts';

test.afterAll(async () => {
  await fault();
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
