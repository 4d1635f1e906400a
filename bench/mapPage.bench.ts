import type { Page } from '@playwright/test';
import { z } from 'zod';
import { createLoginLink } from '../src/api/access.ts';
import { getServiceMap, type MapEdgeView, type MapNodeView } from '../src/api/serviceMap.ts';
import { edgeId } from '../src/core/serviceMap/serviceMap.ts';
import { epochMs, minutes } from '../src/core/units.ts';
import { startEngine } from '../tests/stack/support/startEngine.ts';
import { quantile, rounded, type Benchmark } from './benchmark.ts';
import { launchBrowser } from './browser.ts';
import { makeCalls, SERVICES } from './manyCalls.ts';

const OPENINGS = 3;
const DRAG_FRAMES = 120;
const ZOOMS = 40;

export const benchmark: Benchmark = {
  title: `service map of ${SERVICES} services in the browser: painted, dragged, zoomed`,
  async measure(say) {
    const engine = await startEngine();
    const browser = await launchBrowser(say);
    try {
      const { url } = await engine.client.call(createLoginLink, { name: 'bench', role: 'viewer' });
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.route('**/api/v1/service-map?*', (route) =>
        route.fulfill({ contentType: 'application/json', body: JSON.stringify(manyServices()) })
      );
      const painted: number[] = [];
      for (let opening = 0; opening < OPENINGS; opening += 1) {
        painted.push(await open(page, engine.url));
      }
      say(`painted after the answer: ${painted.map(Math.round).join(' ')} ms`);
      const whole = await framesOf(page, () => drag(page));
      const zoomed = await framesOf(page, () => zoom(page));
      const near = await framesOf(page, () => drag(page));
      say(`frames: whole map ${p95(whole)} ms, while zooming ${p95(zoomed)} ms, near ${p95(near)} ms (p95)`);
      return {
        answer_to_paint_ms: rounded(quantile(painted, 0.5), 0),
        answer_to_paint_worst_ms: rounded(Math.max(...painted), 0),
        drag_whole_frame_p50_ms: rounded(quantile(whole, 0.5)),
        drag_whole_frame_p95_ms: p95(whole),
        zoom_frame_p95_ms: p95(zoomed),
        drag_near_frame_p95_ms: p95(near),
      };
    } finally {
      await browser.close();
      await engine.dispose();
    }
  },
};

const p95 = (values: readonly number[]): number => rounded(quantile(values, 0.95));
const NODE = '[data-node]';

/** As the engine answers it. */
function manyServices(): unknown {
  const figures = { calls: 900, failed: 9, rate: 1, errorRatio: 0.01, p95: 0.05 };
  const now = epochMs(Date.now());
  return z.encode(getServiceMap.output, {
    ...{ at: now, window: minutes(15), source: 'metrics', sample: null, namespaces: [], baseline: null },
    ...{ omitted: { nodes: 0, edges: 0 }, alertsOf: 'now', problems: [] },
    nodes: Array.from({ length: SERVICES }, (_, n): MapNodeView => ({
      ...{ id: `service-${n}`, kind: 'service', name: `service-${n}`, namespace: '', received: figures, gone: false },
      ...{ changes: [], openThen: [], alerts: { info: 0, warning: 0, error: 0, critical: 0 } },
      health: { state: n % 50 === 0 ? 'degraded' : 'healthy', since: null, why: null, toldBy: 'health' },
    })),
    edges: makeCalls().map(([from, to]): MapEdgeView => ({
      id: edgeId(from, to),
      from,
      to,
      kind: 'call',
      figures,
      before: null,
      changes: [],
    })),
  });
}

/** From the last byte of the answer until the nodes are painted. */
async function open(page: Page, engine: string): Promise<number> {
  await page.goto(`${engine}/map?view=map`);
  await page.locator(NODE).first().waitFor({ timeout: 60_000 });
  const script = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
    const { responseEnd } = performance.getEntriesByType('resource').findLast(({ name }) => name.includes('/service-map?'));
    resolve(performance.now() - responseEnd);
  })))`;
  return z.number().parse(await page.evaluate(script));
}

/** Milliseconds of each frame while something is done by hand. */
async function framesOf(page: Page, act: () => Promise<void>): Promise<number[]> {
  await page.evaluate(`
    window.frames_ = [];
    window.watching = true;
    (function watch(last) {
      requestAnimationFrame((now) => {
        if (last !== undefined) window.frames_.push(now - last);
        if (window.watching) watch(now);
      });
    })();
  `);
  await act();
  return z.array(z.number()).parse(await page.evaluate('((window.watching = false), window.frames_)'));
}

async function middleOf(page: Page): Promise<{ readonly x: number; readonly y: number }> {
  const box = await page.getByRole('group', { name: /^Service map/ }).boundingBox();
  return box === null ? { x: 700, y: 500 } : { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function drag(page: Page): Promise<void> {
  const { x, y } = await middleOf(page);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let frame = 0; frame < DRAG_FRAMES; frame += 1) {
    const turn = (frame / DRAG_FRAMES) * 2 * Math.PI;
    await page.mouse.move(x + Math.sin(turn) * 200, y + (1 - Math.cos(turn)) * 100);
  }
  await page.mouse.up();
}

/** From all of it to where figures are read. */
async function zoom(page: Page): Promise<void> {
  const { x, y } = await middleOf(page);
  await page.getByRole('group', { name: /^Service map/ }).focus();
  await page.mouse.move(x, y);
  for (let turn = 0; turn < ZOOMS; turn += 1) {
    await page.mouse.wheel(0, -25);
  }
}
