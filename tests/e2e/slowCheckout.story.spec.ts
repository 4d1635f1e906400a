import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { test } from './app.ts';
import { api, eventually, fault } from './engine.ts';
import { expectToFit } from './screen.ts';

/** What a person may take from the map to the cause. */
const WITHIN_MS = 60_000;
const HEALTHY_P95 = 0.3;
const ENOUGH_CALLS = 30;
const CAUSE = /B is [\d.]+ m?s slower on average .* (of it|more) in payments: check fraud rules\./;

const serviceMap = z.object({
  edges: z.array(
    z.looseObject({
      ...{ id: z.string(), figures: z.looseObject({ calls: z.number(), p95: z.number().nullable() }) },
      changes: z.array(z.looseObject({ kind: z.string() })),
    })
  ),
});
const evidence = z.object({
  deploys: z.looseObject({ items: z.array(z.looseObject({ at: z.string(), version: z.string() })) }),
});

async function edgeOf(id: string, query = '') {
  const { edges } = serviceMap.parse(await api('GET', `/api/v1/service-map?window=1m${query}`));
  return edges.find((edge) => edge.id === id);
}

/** A minute in which all was well with a checkout, to compare with; what ran before may have left a bad one behind. */
const healthyMinute = () =>
  eventually('a minute without a slow checkout', 240_000, async () => {
    const edge = await edgeOf('storefront → checkout');
    const { calls = 0, p95 = null } = edge?.figures ?? {};
    return calls >= ENOUGH_CALLS && p95 !== null && p95 < HEALTHY_P95 ? true : undefined;
  });

/** The time of this story only: of that minute and what came after it. */
let lately = { from: '', to: 'now' };

test.beforeAll(async () => {
  test.setTimeout(480_000);
  await fault();
  await healthyMinute();
  lately = { ...lately, from: String(Date.now() - 60_000) };
  const released = Date.now();
  await fault({ fault: 'bad-release', service: 'payments' });
  const deploy = await eventually('the release is seen', 60_000, async () =>
    evidence
      .parse(await api('GET', '/api/v1/services/payments/evidence'))
      .deploys.items.find(({ at, version }) => version === '1.1.0' && Date.parse(at) > released - 10_000)
  );
  await eventually('its slowness is more than chance', 90_000, async () =>
    (await edgeOf('checkout → payments', `&baseline=${deploy.at}`))?.changes.some(({ kind }) => kind === 'slower') ===
    true
      ? true
      : undefined
  );
});

test.afterAll(async () => {
  await fault();
});

/** Counts what a hand would do. */
function walk(page: Page) {
  const started = performance.now();
  let clicks = 0;
  return {
    async click(name: RegExp, role: 'link' | 'button' | 'tab' | 'radio' = 'link') {
      clicks += 1;
      await page.getByRole(role, { name }).first().click();
    },
    done() {
      const seconds = (performance.now() - started) / 1000;
      test.info().annotations.push({ type: 'walk', description: `${clicks} clicks, ${seconds.toFixed(1)} s` });
      console.log(`from the map to the cause: ${clicks} clicks, ${seconds.toFixed(1)} s`);
      return performance.now() - started;
    },
  };
}

test('what makes checkout slow after a bad release is found within a minute', async ({ page, app }) => {
  await app.signIn('viewer');
  const shot = (name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });
  const { click, done } = walk(page);

  // The map says who hurts; the release of that service is a moment to compare with.
  await app.open('/map');
  await click(/^payments$/);
  await click(/^Compare with before 1\.1\.0$/, 'button');
  await expect(page.getByText(/Since \d\d:\d\d(:\d\d)?: /)).toBeVisible();
  await expectToFit(page);
  await shot('1-difference');
  // The sentence names what costs most; the list, what differs most first, has all of it.
  await click(/^List$/, 'radio');
  await click(/^checkout → payments$/);
  await expect(page.getByRole('dialog')).toContainText(
    /checkout → payments is slower \(p95 [\d.]+ m?s, was [\d.]+ m?s\)/
  );
  await shot('2-calls');

  // The traces before and after say which work became slow.
  await click(/^Compare traces of checkout$/);
  await expect(page.getByText(CAUSE).first()).toBeVisible({ timeout: 30_000 });
  await expectToFit(page);
  await shot('3-comparison');

  // One usual trace of after it has that work on its critical path, most of all.
  await click(/^Open a typical trace of B$/);
  await expect(
    page.getByText(/storefront: POST \/checkout took [\d.]+ m?s; \d+ % of it in payments: check fraud rules/)
  ).toBeVisible();
  await click(/^Critical path$/, 'tab');
  await expect(
    page.getByText(/^\d+ sections of \d+ spans, one after the other, add up to the [\d.]+ m?s/)
  ).toBeVisible();
  await expectToFit(page);
  await shot('4-critical-path');
  expect(done()).toBeLessThan(WITHIN_MS);
});

const CHECKOUTS = '{ resource.service.name = "storefront" && name = "POST /checkout" }';

for (const [what, params] of [
  ['two versions', { kind: 'versions', service: 'payments', a: '1.0.0', b: '1.1.0', q: CHECKOUTS }],
  [
    'two searches',
    {
      ...{ kind: 'queries', a: '{ resource.service.name = "payments" && resource.service.version = "1.0.0" }' },
      ...{ b: '{ resource.service.name = "payments" && resource.service.version = "1.1.0" }' },
    },
  ],
] as const) {
  test(`${what} are compared, and say the cause`, async ({ page, app }) => {
    await app.signIn('viewer');
    await app.open(`/traces/compare?${new URLSearchParams({ ...params, ...lately }).toString()}`);
    await expect(page.getByText(CAUSE)).toBeVisible({ timeout: 30_000 });
    await expectToFit(page);
  });
}

test('slow traces are compared with normal ones', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open('/traces/compare');
  await page.getByRole('button', { name: 'Compare slow traces with the rest' }).click();
  await expect(page.getByText(/^B is [\d.]+ m?s slower on average/)).toBeVisible({ timeout: 30_000 });
  await expectToFit(page);
});

test('the slowest of a search are compared with the rest of it', async ({ page, app }) => {
  await app.signIn('viewer');
  await app.open(`/traces?${new URLSearchParams({ q: CHECKOUTS, ...lately }).toString()}`);
  await page.getByRole('button', { name: /^Select the slowest/ }).click();
  await page.getByRole('link', { name: 'Compare with the rest' }).click();
  await expect(page.getByText(/^B is [\d.]+ m?s slower on average/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Open a typical trace of B')).toBeVisible();
});

test('two traces are laid over each other by their ids', async ({ page, app }) => {
  const search = (query: string) =>
    eventually(`a trace of ${query}`, 30_000, async () => {
      const window = { from: new Date(Date.now() - 180_000).toISOString(), to: new Date().toISOString() };
      const answer = await api('POST', '/api/v1/traces/search', { query, ...window, limit: 1 });
      return z.object({ items: z.array(z.looseObject({ traceId: z.string() })) }).parse(answer).items[0]?.traceId;
    });
  const fast = await search(
    `${CHECKOUTS} && { resource.service.version = "1.0.0" && name = "check fraud rules" && duration < 100ms }`
  );
  const slow = await search(
    `${CHECKOUTS} && { resource.service.version = "1.1.0" && name = "check fraud rules" && status != error }`
  );
  await app.signIn('viewer');
  await app.open('/traces/compare');
  const [a, b] = [
    page.getByRole('textbox', { name: /^A: trace ids/ }),
    page.getByRole('textbox', { name: /^B: trace ids/ }),
  ];
  await a.fill(fast);
  await b.fill(slow);
  await page.getByRole('button', { name: 'Compare', exact: true }).click();
  await expect(
    page.getByText(/^B is [\d.]+ m?s slower .*one trace each: no test.* payments: check fraud rules\.$/)
  ).toBeVisible();
  await expectToFit(page);
});
