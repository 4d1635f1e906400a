import { chromium, type Browser } from '@playwright/test';
import { ensureAsset } from '../stack/assets.ts';
import { findChromium } from '../tests/runner/programs.ts';

/** The console as it is shipped, and a browser for it. @throws Error when one of them cannot be had */
export async function launchBrowser(say: (line: string) => void): Promise<Browser> {
  const missing = await ensureAsset('console', { report: say, signal: new AbortController().signal });
  if (missing !== undefined) {
    throw new Error(missing);
  }
  const executablePath = findChromium();
  return chromium.launch({
    ...(executablePath !== null && { executablePath }),
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
  });
}
