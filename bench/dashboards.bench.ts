import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { quantile, rounded, type Benchmark } from './benchmark.ts';
import { launchBrowser } from './browser.ts';
import { startShop } from './shop.ts';

const OPENINGS = 20;
const FOLDER = path.join(import.meta.dirname, '..', 'dashboards');

const dashboardSchema = z.object({ uid: z.string(), title: z.string() });
const readUids = (): readonly string[] =>
  globSync('*.json', { cwd: FOLDER })
    .toSorted()
    .map((file) => dashboardSchema.parse(JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'))).uid);

/**
 * Milliseconds from the address to the frame in which panels are there and none in view waits for its data. Looked at in
 * every frame by the page itself: the test runner's own polling is half a second apart by then. A panel that is about to
 * ask must not count as one that has its data: for 300 ms none may be waiting.
 */
const TIME_TO_USABLE = `new Promise((resolve) => {
  let since;
  const look = () => {
    const now = performance.now();
    const panels = document.querySelectorAll('[data-testid="data-testid panel content"]').length;
    const waiting = document.querySelector('[aria-label="Panel loading bar"]') !== null;
    since = panels >= 4 && !waiting ? (since ?? now) : undefined;
    now - since >= 300 ? resolve(since) : requestAnimationFrame(look);
  };
  look();
})`;

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
          await page.goto(`${shop.grafanaUrl}/d/${uid}`, { waitUntil: 'commit' });
          taken.push(z.number().parse(await page.evaluate(TIME_TO_USABLE)));
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
