import { expect } from '@playwright/test';
import { z } from 'zod';
import { test } from './app.ts';
import { api, eventually } from './engine.ts';
import { expectAccessible, expectToFit } from './screen.ts';
import { theStack } from './stack.ts';

const SERVICE = 'undelivered-check';
const event = { labels: { alertname: 'Unheard', service: SERVICE }, severity: 'error', summary: 'nobody hears this' };

const routesSchema = z.object({ items: z.array(z.unknown()) });
const undeliveredSchema = z.object({
  items: z.array(z.object({ id: z.string(), summary: z.string(), at: z.string() })),
});

const ours = async () =>
  undeliveredSchema
    .parse(await api('GET', '/api/v1/receivers/undelivered'))
    .items.filter(({ summary }) => summary === event.summary);

const setRoutes = (items: readonly unknown[]) => api('PUT', '/api/v1/routes', { items });

let routes: readonly unknown[] = [];

test.beforeAll(async () => {
  ({ items: routes } = routesSchema.parse(await api('GET', '/api/v1/routes')));
});

/** All stands as before, also when the test ends in the middle. */
test.afterEach(async () => {
  await setRoutes(routes);
  await api('DELETE', '/api/v1/receivers/unsigned').catch(() => undefined);
  await api('POST', '/api/v1/intake/events', { events: [{ ...event, status: 'resolved' }] });
  const ids = (await ours()).map(({ id }) => id);
  if (ids.length > 0) {
    await api('POST', '/api/v1/receivers/undelivered/dismiss', { ids });
  }
});

test('what a receiver refused for good is sent again or dismissed', async ({ page, app }) => {
  // The inbox answers 401 to whoever does not sign.
  const settings = { url: new URL('/webhook', theStack().inbox).href };
  await api('POST', '/api/v1/receivers', { name: 'unsigned', kind: 'webhook', settings });
  const matchers = [{ name: 'service', op: '=', value: SERVICE }];
  await setRoutes([{ matchers, receiver: 'unsigned' }, ...routes]);
  await api('POST', '/api/v1/intake/events', { events: [event] });
  const [first] = await eventually('the notification is given up', 30_000, async () => {
    const found = await ours();
    return found.length > 0 ? found : undefined;
  });

  await app.signIn();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await app.open('/settings?tab=receivers');
    await expect(
      page.getByText('unsigned could not be notified: answered 401', { exact: false }).first()
    ).toBeVisible();
    await expectToFit(page);
    await expectAccessible(page);
  }
  await page.getByRole('button', { name: `Send again: ${event.summary} (unsigned)` }).click();
  await expect(page.getByText('1 notification is being sent again')).toBeVisible();
  await eventually('it is given up once more', 30_000, async () => {
    const [again] = await ours();
    return again !== undefined && again.at !== first?.at ? again : undefined;
  });

  await setRoutes(routes);
  await api('DELETE', '/api/v1/receivers/unsigned');
  await expect(page.getByText('unsigned (deleted)')).toBeVisible();
  await page.getByRole('button', { name: `Dismiss ${event.summary} (unsigned)` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByText('1 notification dismissed')).toBeVisible();
  await expect(page.getByText('unsigned (deleted)')).toHaveCount(0);
  expect(await ours()).toEqual([]);
});
