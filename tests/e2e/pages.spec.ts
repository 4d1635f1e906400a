import { expect } from '@playwright/test';
import { test } from './app.ts';
import { api } from './engine.ts';
import { expectAccessible, expectToFit } from './screen.ts';

const PAGES = [
  ['Overview', '/'],
  ['Alerts', '/alerts'],
  ['Alerts', '/alerts?group=team'],
  ['Alerts', '/alerts?tab=history'],
  ['Alerts', '/alerts?tab=silences'],
  ['Thresholds', '/thresholds'],
  ['Compare traces', '/traces/compare'],
  ['Settings', '/settings'],
  ['Settings', '/settings?tab=routes'],
  ['Settings', '/settings?tab=tokens'],
  ['Settings', '/settings?tab=sources'],
  ['Settings', '/settings?tab=about'],
] as const;

test.beforeAll(async () => {
  const event = {
    labels: { alertname: 'DiskFull', service: 'catalog', team: 'shop' },
    severity: 'error',
    summary: 'catalog: disk 97 % full',
  };
  await api('POST', '/api/v1/intake/events', { events: [event] });
});

test.afterAll(async () => {
  await api('POST', '/api/v1/intake/events', {
    events: [{ labels: { alertname: 'DiskFull', service: 'catalog', team: 'shop' }, status: 'resolved' }],
  });
});

for (const [heading, path] of PAGES) {
  test(`${path} is whole, fits the screen and passes axe`, async ({ page, app }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    await app.signIn();
    await app.open(path);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await page.waitForLoadState('load');
    await expect(page.getByLabel(/^Loading/)).toHaveCount(0);
    await expectToFit(page);
    await expectAccessible(page);
    expect(errors).toEqual([]);
  });
}

test('a viewer sees no button that would be refused', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open('/alerts');
  await expect(page.getByText('catalog: disk 97 % full').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /acknowledge|silence alerts/i })).toHaveCount(0);
  await app.open('/thresholds');
  await expect(page.getByRole('heading', { level: 1, name: 'Thresholds' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add threshold' })).toHaveCount(0);
  await app.open('/settings');
  await expect(page.getByText('demo-inbox').first()).toBeVisible();
  await expect(page.getByRole('button', { name: /add receiver|send a test/i })).toHaveCount(0);
});
