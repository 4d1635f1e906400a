import { expect, test } from '@playwright/test';
import { api } from './engine.ts';
import { violationsOf } from './screen.ts';

test('a used login link says what to do, on a page that passes axe', async ({ page, context }) => {
  const { url } = (await api('POST', '/api/v1/login-links', { role: 'viewer', name: 'Vera' })) as { url: string };
  await page.goto(url);
  await expect(page).not.toHaveURL(/login/);
  await context.clearCookies();
  const again = await context.newPage();
  for (const colorScheme of ['dark', 'light'] as const) {
    // Before the page is there: what changes its colours with the scheme does so by and by.
    await again.emulateMedia({ colorScheme });
    await again.goto('about:blank');
    await again.goto(url);
    await expect(again.getByText(/login-link/).first()).toBeVisible();
    expect(await violationsOf(again)).toEqual([]);
  }
});
