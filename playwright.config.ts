import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './tests/runner/programs.ts';

const setup = path.join(import.meta.dirname, 'tests/e2e/global-setup.ts');
const chromium = findChromium();

export default defineConfig({
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
  projects: [
    { name: 'console-desktop', use: { viewport: { width: 1280, height: 800 } } },
    // The story is told once: it kills the engine that all tests share.
    {
      name: 'console-phone',
      testIgnore: '**/story.spec.ts',
      use: { viewport: { width: 380, height: 800 }, hasTouch: true },
    },
  ],
});
