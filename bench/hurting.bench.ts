import { setTimeout as pause } from 'node:timers/promises';
import { createLoginLink } from '../src/api/access.ts';
import { listServices } from '../src/api/system.ts';
import { createThreshold } from '../src/api/thresholds.ts';
import { faultNames } from '../demo/faults/fault.ts';
import { seconds } from '../src/core/units.ts';
import { eventually } from '../tests/stack/support/eventually.ts';
import { quantile, rounded, type Benchmark, type Figures } from './benchmark.ts';
import { launchBrowser } from './browser.ts';
import { startShop, type Shop } from './shop.ts';

const SERVICE = 'checkout';
const OPENINGS = 5;
const MINUTES = 60_000;

async function healthOf(shop: Shop): Promise<string> {
  const { items } = await shop.client.call(listServices, {});
  return items.find(({ name }) => name === SERVICE)?.health.state ?? 'unknown';
}

const isHurting = (state: string): boolean => state === 'critical' || state === 'degraded';

export const benchmark: Benchmark = {
  title: `for each fault of the demo: from the fault to a hurting ${SERVICE}, and from opening the overview to its name in the first sentence`,
  async measure(say) {
    const shop = await startShop();
    const browser = await launchBrowser(say);
    const figures: Record<string, number> = {};
    const openings: number[] = [];
    try {
      // Of all faults the demo's own thresholds leave out latency, which is the visitor's to set.
      await shop.client.call(createThreshold, {
        service: SERVICE,
        signal: 'latency_p95',
        warning: 0.3,
        critical: 0.8,
        for: seconds(10),
        reason: '',
      });
      const { url } = await shop.client.call(createLoginLink, { name: 'bench', role: 'viewer' });
      const context = await browser.newContext();
      const first = await context.newPage();
      await first.goto(url);
      await first.getByRole('heading', { level: 1 }).waitFor();
      await first.close();
      for (const fault of faultNames) {
        await eventually('the shop is well', 10 * MINUTES, async () =>
          isHurting(await healthOf(shop)) ? undefined : true
        );
        const began = performance.now();
        await shop.setFault({ fault, service: SERVICE });
        await eventually(`${fault} hurts`, 10 * MINUTES, async () =>
          isHurting(await healthOf(shop)) ? true : undefined
        );
        figures[`${fault.replaceAll('-', '_')}_seen_after_s`] = rounded((performance.now() - began) / 1000);
        for (let opening = 0; opening < OPENINGS; opening += 1) {
          const page = await context.newPage();
          const started = performance.now();
          await page.goto(shop.engineUrl, { waitUntil: 'commit' });
          await page
            .locator('header, main')
            .getByText(/hurting/)
            .filter({ hasText: SERVICE })
            .first()
            .waitFor();
          openings.push((performance.now() - started) / 1000);
          await page.close();
          await pause(1000);
        }
        say(
          `${fault}: ${figures[`${fault.replaceAll('-', '_')}_seen_after_s`]} s, openings ${openings
            .slice(-OPENINGS)
            .map((value) => value.toFixed(2))
            .join(' ')} s`
        );
        await shop.heal();
      }
      return {
        faults: faultNames.length,
        ...figures,
        named_after_opening_p95_s: rounded(quantile(openings, 0.95), 2),
        named_after_opening_longest_s: rounded(Math.max(...openings), 2),
      } satisfies Figures;
    } finally {
      await browser.close();
      await shop.dispose();
    }
  },
};
