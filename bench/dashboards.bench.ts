import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { z } from 'zod';
import { quantile, rounded, type Benchmark } from './benchmark.ts';
import { launchBrowser } from './browser.ts';
import { startShop } from './shop.ts';

const OPENINGS = 10;
const FOLDER = path.join(import.meta.dirname, '..', 'dashboards');

const dashboardSchema = z.object({ uid: z.string(), title: z.string() });
const readUids = (): readonly string[] =>
  globSync('*.json', { cwd: FOLDER })
    .toSorted()
    .map((file) => dashboardSchema.parse(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'))).uid);

/** Panels are there, and none in view is waiting for its data. */
async function usable(page: Page): Promise<void> {
  await page.locator('[data-testid="data-testid panel content"]').nth(3).waitFor();
  await expect(page.locator('[aria-label="Panel loading bar"]')).toHaveCount(0);
}

export const benchmark: Benchmark = {
  title: `from the address to a dashboard whose panels in view have their data, each ${OPENINGS} times in a fresh tab, with the demo running`,
  async measure(say) {
    const shop = await startShop();
    const browser = await launchBrowser(say);
    try {
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const answer = await context.request.post(`${shop.grafanaUrl}/login`, {
        data: { user: 'admin', password: shop.secret('grafana_admin_password') },
      });
      if (!answer.ok()) {
        throw new Error(`Grafana did not let us in: ${answer.status()}`);
      }
      const figures: Record<string, number> = {};
      for (const uid of readUids()) {
        const taken: number[] = [];
        // The first one fills the browser's cache, as a person's is.
        for (let opening = 0; opening <= OPENINGS; opening += 1) {
          const page = await context.newPage();
          const started = performance.now();
          await page.goto(`${shop.grafanaUrl}/d/${uid}`, { waitUntil: 'commit' });
          await usable(page);
          taken.push(performance.now() - started);
          await page.close();
        }
        figures[`${uid.replaceAll('-', '_')}_p95_ms`] = rounded(quantile(taken.slice(1), 0.95), 0);
        say(`${uid}: ${taken.map(Math.round).join(' ')} ms`);
      }
      return figures;
    } finally {
      await browser.close();
      await shop.dispose();
    }
  },
};
