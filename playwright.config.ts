import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import type { HostKind } from './tests/e2e/app.ts';
import { findChromium, findGrafana } from './tests/runner/programs.ts';

const setup = path.join(import.meta.dirname, 'tests/e2e/global-setup.ts');
const chromium = findChromium();

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { viewport: { width: 380, height: 800 }, hasTouch: true };

/** The same files in both hosts; what only one of them has stands in a file of its own. */
const inConsole = [
  { name: 'console-desktop', testIgnore: '**/grafana*.spec.ts', use: { ...desktop, host: 'console' as const } },
  // The story is told once in each host: it kills the engine that all tests share.
  {
    name: 'console-phone',
    testIgnore: ['**/grafana*.spec.ts', '**/story.spec.ts'],
    use: { ...phone, host: 'console' as const },
  },
];
const inGrafana = [
  { name: 'grafana-desktop', testIgnore: '**/login.spec.ts', use: { ...desktop, host: 'grafana' as const } },
  {
    name: 'grafana-phone',
    testIgnore: ['**/login.spec.ts', '**/story.spec.ts', '**/grafana*.spec.ts'],
    use: { ...phone, host: 'grafana' as const },
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
