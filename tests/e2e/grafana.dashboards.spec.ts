import { expect, type Page } from '@playwright/test';
import { grafanaUrl, test } from './app.ts';
import { api } from './engine.ts';

/** What only a real Grafana does with our dashboards: it asks for the values of variables, fills them in, and draws annotations. */
const LABELS = { alertname: 'DiskFull', service: 'catalog', owner: 'night-shift' };
const SUMMARY = 'catalog: the disk is full';

const send = (event: Record<string, unknown>) =>
  api('POST', '/api/v1/intake/events', { events: [{ labels: LABELS, ...event }] });

test.beforeAll(async () => void (await send({ severity: 'critical', summary: SUMMARY })));
test.afterAll(async () => void (await send({ status: 'resolved' })));

/** `search` is of the address: values of variables as `var-<name>`, and the time range. */
const openBoard = async (page: Page, uid: string, search: Readonly<Record<string, string>> = {}): Promise<void> =>
  void (await page.goto(grafanaUrl(`/d/${uid}?${new URLSearchParams(search).toString()}`)));

/** What the list of a variable offers. */
async function valuesOf(page: Page, label: string): Promise<readonly string[]> {
  const name = page.getByTestId(`data-testid Dashboard template variables submenu Label ${label}`);
  await name.locator('..').getByRole('combobox').click();
  const options = page.getByRole('option');
  await expect(options.filter({ hasText: 'All' }).first()).toBeVisible();
  const texts = await options.allInnerTexts();
  await page.keyboard.press('Escape');
  return texts.map((text) => text.trim());
}

test('variables list what Pharos knows: services without HTTP too, severities, owners', async ({ page, app }) => {
  await app.signIn('viewer');
  await openBoard(page, 'pharos-services');
  const services = await valuesOf(page, 'Service');
  expect(services).toEqual(expect.arrayContaining(['checkout', 'loadgen', 'worker']));
  expect(services).not.toContain('pharos');
  await openBoard(page, 'pharos-alert-operations');
  expect(await valuesOf(page, 'Severity')).toEqual(['All', 'critical', 'error', 'warning', 'info']);
});

test('a variable narrows what is shown', async ({ page, app }) => {
  await app.signIn('viewer');
  for (const variable of [{ 'var-service': 'catalog' }, { 'var-severity': 'critical' }]) {
    await openBoard(page, 'pharos-alert-operations', variable);
    await expect(page.getByText(SUMMARY).first()).toBeVisible({ timeout: 45_000 });
  }
  await openBoard(page, 'pharos-alert-operations', { 'var-service': 'cart' });
  await expect(page.getByText('No alert matches the query').first()).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText(SUMMARY)).toHaveCount(0);
});

test('charts mark when alerts of the chosen service fired', async ({ page, app }) => {
  test.setTimeout(180_000);
  await app.signIn('viewer');
  // So few minutes that marks of other tests do not lie over this one.
  await openBoard(page, 'pharos-services', { 'var-service': 'catalog', from: 'now-5m', to: 'now' });
  const marks = page.getByTestId('data-testid annotation-marker');
  const said = page.getByText(SUMMARY).first();
  await expect(async () => {
    await expect(marks.first()).toBeVisible();
    for (const mark of await marks.all()) {
      await mark.evaluate((one) => one.scrollIntoView({ block: 'center' }));
      await mark.hover({ force: true });
      const isSaid = await said.waitFor({ timeout: 1000 }).then(
        () => true,
        () => false
      );
      if (isSaid) {
        return;
      }
    }
    throw new Error(`no mark says ${SUMMARY}`);
  }).toPass({ timeout: 120_000 });
});
