import { expect, test as base, type Page } from '@playwright/test';
import { z } from 'zod';
import { api, engineUrl } from './engine.ts';
import { signInToGrafana } from './grafana.ts';
import { theStack } from './stack.ts';

export type HostKind = 'console' | 'grafana';
export const ROLES = ['viewer', 'editor', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** Who signs in, by role; both hosts show these names. */
const PEOPLE: Readonly<Record<Role, string>> = { viewer: 'vera', editor: 'edda', admin: 'ada' };

/** Pharos as one person sees it, in either host. */
export interface App {
  /** @returns the name under which the engine knows the person */
  signIn(role?: Role): Promise<string>;
  /** `place` is an address within Pharos, such as `/alerts?tab=history`. */
  open(place: string): Promise<void>;
  /** From the page that is open, as its links do: without loading all anew. */
  go(place: string): Promise<void>;
}

export const APP_PATH = '/a/pharos-observability-app';

/** Both routers hear of a new address as they hear of Back and Forward. */
const goWithin = (page: Page, address: string): Promise<void> =>
  page.locator('html').evaluate((html, to) => {
    const view = html.ownerDocument.defaultView;
    view?.history.pushState(null, '', to);
    view?.dispatchEvent(new view.PopStateEvent('popstate', { state: null }));
  }, address);

function inConsole(page: Page): App {
  return {
    async signIn(role = 'admin') {
      const name = PEOPLE[role];
      const { url } = z.object({ url: z.string() }).parse(await api('POST', '/api/v1/login-links', { role, name }));
      await page.goto(url);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page).not.toHaveURL(/login/);
      return name;
    },
    open: async (place) => void (await page.goto(new URL(place, engineUrl()).href)),
    go: (place) => goWithin(page, place),
  };
}

function inGrafana(page: Page): App {
  return {
    async signIn(role = 'admin') {
      await signInToGrafana(page.request, { login: PEOPLE[role], role });
      return PEOPLE[role];
    },
    open: async (place) => void (await page.goto(grafanaUrl(APP_PATH + place))),
    go: (place) => goWithin(page, APP_PATH + place),
  };
}

export const grafanaUrl = (place: string): string => new URL(place, theStack().grafana).href;

/** The tests of every page run in the console and in Grafana, by the same files. */
export const test = base.extend<{ app: App; host: HostKind }>({
  host: ['console', { option: true }],
  app: async ({ page, host }, use) => use(host === 'console' ? inConsole(page) : inGrafana(page)),
});
