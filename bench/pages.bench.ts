import type { Page } from '@playwright/test';
import { createLoginLink } from '../src/api/access.ts';
import { listAlerts } from '../src/api/alerts.ts';
import { createThreshold } from '../src/api/thresholds.ts';
import { startEngine } from '../tests/stack/support/startEngine.ts';
import { sendAlerts } from './alertSender.ts';
import { quantile, rounded, type Benchmark, type Figures } from './benchmark.ts';
import { launchBrowser } from './browser.ts';

const ALERTS = 10_000;
const BATCH = 100;
const SEND_S = 8;
const OPENINGS = 10;

/** What stands on a page when a person can use it, not when its frame is drawn. */
const PAGES: ReadonlyArray<readonly [name: string, path: string, usable: (page: Page) => Promise<unknown>]> = [
  [
    'overview',
    '/',
    (page) =>
      page
        .getByText(/\d+ critical/)
        .first()
        .waitFor(),
  ],
  ['alerts', '/alerts', (page) => page.getByRole('row').nth(20).waitFor()],
  ['history', '/alerts?tab=history', (page) => page.getByRole('row').nth(20).waitFor()],
  [
    'silences',
    '/alerts?tab=silences',
    (page) =>
      page
        .getByText(/silence/i)
        .nth(1)
        .waitFor(),
  ],
  ['thresholds', '/thresholds', (page) => page.getByRole('row').filter({ hasText: 'checkout' }).first().waitFor()],
  ['settings', '/settings', (page) => page.getByRole('button', { name: 'Add receiver' }).first().waitFor()],
];

export const benchmark: Benchmark = {
  title: `from the address to a page that can be used, with ${ALERTS} open alerts, each page ${OPENINGS} times in a fresh tab`,
  async measure(say) {
    const engine = await startEngine();
    const browser = await launchBrowser(say);
    try {
      // Long enough for all of them to be sent, the first ones more than once.
      await sendAlerts(engine, { connections: 1, batch: BATCH, seconds: SEND_S, distinct: ALERTS });
      await engine.client.call(createThreshold, {
        service: 'checkout',
        signal: 'latency_p95',
        critical: 1,
        reason: '',
      });
      const { counts, items } = await engine.client.call(listAlerts, { limit: 1 });
      if (counts.total < ALERTS) {
        throw new Error(`Only ${counts.total} alerts are open: send for longer.`);
      }
      const { url } = await engine.client.call(createLoginLink, { name: 'bench', role: 'admin' });
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const first = await context.newPage();
      await first.goto(url);
      await first.getByRole('heading', { level: 1 }).waitFor();
      const detail = [
        'detail',
        `/alerts/${items[0]?.id ?? ''}`,
        (page: Page) => page.getByText('Timeline').waitFor(),
      ] as const;
      const figures: Record<string, number> = {};
      for (const [name, path, usable] of [...PAGES, detail]) {
        const taken: number[] = [];
        for (let opening = 0; opening < OPENINGS; opening += 1) {
          const page = await context.newPage();
          const started = performance.now();
          await page.goto(engine.url + path, { waitUntil: 'commit' });
          await usable(page);
          taken.push(performance.now() - started);
          await page.close();
        }
        figures[`${name}_p95_ms`] = rounded(quantile(taken, 0.95), 0);
        say(`${name}: ${taken.map(Math.round).join(' ')} ms`);
      }
      return { open_alerts: counts.total, ...figures } satisfies Figures;
    } finally {
      await browser.close();
      await engine.dispose();
    }
  },
};
