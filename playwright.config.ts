import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import type { HostKind } from './tests/e2e/app.ts';
import { findChromium, findGrafana } from './tests/runner/programs.ts';

const setup = path.join(import.meta.dirname, 'tests/e2e/global-setup.ts');
const chromium = findChromium();

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 380, height: 800 }, hasTouch: true };

/** Each page is seen in both hosts, at both sizes and in both schemes, but not in every combination of the three. */
const dark = { colorScheme: 'dark' as const };
const light = { colorScheme: 'light' as const };

/** What only one host has stands in a file of its own. */
const ONLY_CONSOLE = '**/login.spec.ts';
const ONLY_GRAFANA = '**/grafana*.spec.ts';
/** Told once in each host: it kills the engine that all tests share. */
const THE_STORY = '**/story.spec.ts';
/** These put a fault on the shop and wait for minutes: once in each host, and once at each size. */
const OF_THE_SHOP = ['**/map.story.spec.ts', '**/slowCheckout.story.spec.ts'];

const inConsole = [
  {
    name: 'console-desktop',
    testIgnore: [ONLY_GRAFANA],
    use: { ...desktop, ...dark, host: 'console' as const },
  },
  {
    name: 'console-phone',
    testIgnore: [ONLY_GRAFANA, THE_STORY, ...OF_THE_SHOP],
    use: { ...phone, ...light, host: 'console' as const },
  },
];
const inGrafana = [
  {
    name: 'grafana-desktop',
    testIgnore: [ONLY_CONSOLE, ...OF_THE_SHOP],
    use: { ...desktop, ...light, host: 'grafana' as const },
  },
  {
    name: 'grafana-phone',
    testIgnore: [ONLY_CONSOLE, ONLY_GRAFANA, THE_STORY],
    use: { ...phone, ...dark, host: 'grafana' as const },
  },
];

export default defineConfig<{ host: HostKind }>({
  testDir: './tests/e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  ...(existsSync(setup) && { globalSetup: setup }),
  // One engine serves all tests: they run one after the other and leave it as they found it.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env['CI'] === 'true',
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    ...devices['Desktop Chrome'],
    baseURL: process.env['E2E_URL'],
    locale: 'en-GB',
    timezoneId: 'UTC',
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(chromium !== null && { executablePath: chromium }),
      // Containers give root no sandbox and /dev/shm little room.
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    },
  },
  projects: [...inConsole, ...(findGrafana() === null ? [] : inGrafana)],
});
