import { expect, type Locator, type Page } from '@playwright/test';
import { z } from 'zod';
import { ROLES, test, type Role } from './app.ts';
import { alertListSchema, api } from './engine.ts';
import { violationsOf, widthsOf } from './screen.ts';

const EVENT = { labels: { alertname: 'DiskFull', service: 'catalog', team: 'shop' } };
const SUMMARY = 'catalog: disk 97 % full';

test.beforeAll(async () => {
  await api('POST', '/api/v1/intake/events', { events: [{ ...EVENT, severity: 'error', summary: SUMMARY }] });
});

test.afterAll(async () => {
  await api('POST', '/api/v1/intake/events', { events: [{ ...EVENT, status: 'resolved' }] });
});

interface Place {
  readonly at: string;
  /** Is there once the page is. */
  readonly sign: (page: Page) => Locator;
}

const headed = (at: string, name: string): Place => ({
  at,
  sign: (page) => page.getByRole('heading', { level: 1, name }),
});
const inDrawer = (at: string, words: RegExp): Place => ({
  at,
  sign: (page) => page.getByRole('dialog').getByText(words).first(),
});

/** Every page but those that a spec of their own walks through. */
async function places(): Promise<readonly Place[]> {
  const { items } = alertListSchema.parse(await api('GET', '/api/v1/alerts?service=catalog'));
  const listed = z.object({ items: z.array(z.looseObject({ id: z.string() })) });
  const [threshold] = listed.parse(await api('GET', '/api/v1/thresholds')).items;
  const edit = `/thresholds?edit=${threshold?.id ?? ''}`;
  const tabs = ['receivers', 'routes', 'tokens', 'sources', 'sessions', 'audit', 'about'];
  return [
    headed('/', 'Overview'),
    headed('/alerts', 'Alerts'),
    headed('/alerts?group=team', 'Alerts'),
    headed('/alerts?tab=history', 'Alerts'),
    headed('/alerts?tab=silences', 'Alerts'),
    headed(`/alerts/${items[0]?.id ?? ''}`, SUMMARY),
    headed('/thresholds', 'Thresholds'),
    inDrawer(edit, /What it would have done/),
    inDrawer(`${edit}&tab=history`, /created|set by|version/i),
    inDrawer('/thresholds?new=1', /Only an admin can add thresholds|What it would have done/),
    headed('/traces/file', 'Trace from a file'),
    headed('/traces/compare', 'Compare traces'),
    ...tabs.map((tab) => headed(`/settings?tab=${tab}`, 'Settings')),
  ];
}

/** Buttons by the role that may press them: others get no look at them. */
const BUTTONS: Readonly<Record<'editor' | 'admin', readonly RegExp[]>> = {
  editor: [/^Acknowledge/, /^Silence$/, /^Resolve/, /^Comment$/, /^Add silence/],
  admin: [
    ...[/^Add threshold/, /^Save changes/, /^Add receiver/, /^Edit /, /^Delete/, /^Send a test/, /^Add route/],
    ...[/^Move route/, /^Create token/, /^Revoke/, /^Create login link/, /^Verify chain/],
  ],
};

const namesOf = (page: Page): Promise<string[]> =>
  page
    .locator('button:visible, a:visible')
    .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? one.textContent?.trim() ?? ''));

/** What is wrong with the page that is open, by its address. */
async function problemsOf(page: Page, place: Place, withAxe: boolean): Promise<string[]> {
  await expect(place.sign(page)).toBeVisible();
  await expect(page.getByLabel(/^Loading/)).toHaveCount(0);
  const [content, screen] = await widthsOf(page);
  return [
    ...(content > screen ? [`is ${content} px wide on a screen of ${screen}`] : []),
    ...(withAxe ? await violationsOf(page) : []),
  ].map((problem) => `${place.at} ${problem}`);
}

// One after the other in one session: loading all anew for each page would take most of the time.
for (const role of ROLES) {
  test(`pages are whole, fit the screen, pass axe and offer what ${role}s may do`, async ({ page, app }, {
    project,
  }) => {
    test.setTimeout(300_000);
    const isPhone = project.name.endsWith('phone');
    // Each page in both themes, though not for each role on each screen.
    await page.emulateMedia({ colorScheme: (role === 'admin') === isPhone ? 'light' : 'dark' });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(`${page.url()} ${error.message}`));
    const offered = new Set<string>();
    await app.signIn(role);
    await app.open('/');
    for (const place of await places()) {
      await app.go(place.at);
      problems.push(...(await problemsOf(page, place, role !== 'editor')));
      (await namesOf(page)).forEach((name) => offered.add(name));
    }
    expect(problems).toEqual([]);
    expect(offeredBy(offered)).toEqual(expectedFor(role));
  });
}

const offeredBy = (names: ReadonlySet<string>) =>
  Object.values(BUTTONS)
    .flat()
    .map((button) => [String(button), [...names].some((name) => button.test(name))]);

const expectedFor = (role: Role) =>
  (['editor', 'admin'] as const).flatMap((needed) =>
    BUTTONS[needed].map((button) => [String(button), ROLES.indexOf(role) >= ROLES.indexOf(needed)])
  );
