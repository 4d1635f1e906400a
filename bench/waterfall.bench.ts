import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { z } from 'zod';
import { generateTrace } from '../demo/generateTrace.ts';
import { createLoginLink } from '../src/api/access.ts';
import { startEngine } from '../tests/stack/support/startEngine.ts';
import { quantile, rounded, type Benchmark, type Figures } from './benchmark.ts';
import { launchBrowser } from './browser.ts';

const SPANS = 100_000;
const OPENINGS = 3;
/** Px by frame: faster than a hand turns a wheel. */
const SCROLL_STEP = 400;
const SCROLL_FRAMES = 240;
const HOVERS = 60;
const FILTERS = ['service:payments', 'http.response.status_code>=500', 'charge duration>10ms', 'nothing of that kind'];
const TRACE_ID = 'a'.repeat(32);

export const benchmark: Benchmark = {
  title: `a trace of ${SPANS} spans in the browser: painted, scrolled through, filtered, pointed at`,
  async measure(say) {
    const folder = await mkdtemp(path.join(tmpdir(), 'pharos-waterfall-'));
    const file = path.join(folder, 'trace.json');
    const document = [...generateTrace({ spans: SPANS, shape: 'shop', seed: 1, startMs: Date.now() })].join('');
    await writeFile(file, document);
    const engine = await startEngine();
    const browser = await launchBrowser(say);
    try {
      const { url } = await engine.client.call(createLoginLink, { name: 'bench', role: 'viewer' });
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      const page = await context.newPage();
      await page.goto(url);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.route(`**/api/v1/traces/${TRACE_ID}`, (route) =>
        route.fulfill({
          contentType: 'application/json',
          body: `{"traceId":"${TRACE_ID}","document":${document},"settling":false,"problem":null}`,
        })
      );
      const answered: number[] = [];
      const held: number[] = [];
      const opened: number[] = [];
      for (let opening = 0; opening < OPENINGS; opening += 1) {
        const answer = await openAnswer(page, engine.url);
        answered.push(answer.painted);
        held.push(answer.held);
        opened.push(await openFile(page, engine.url, file));
      }
      say(`painted after the answer: ${answered.map(Math.round).join(' ')} ms`);
      say(`the page held up at most: ${held.map(Math.round).join(' ')} ms`);
      say(`painted after the file was chosen: ${opened.map(Math.round).join(' ')} ms`);
      const frames = await scroll(page);
      const filtered = await filter(page);
      say(`filtered: ${filtered.map(Math.round).join(' ')} ms`);
      const hovered = await hover(page);
      return {
        spans: SPANS,
        answer_to_paint_ms: rounded(quantile(answered, 0.5), 0),
        answer_to_paint_worst_ms: rounded(Math.max(...answered), 0),
        answer_held_up_ms: rounded(quantile(held, 0.5), 0),
        file_to_paint_ms: rounded(quantile(opened, 0.5), 0),
        scroll_frame_p50_ms: rounded(quantile(frames, 0.5)),
        scroll_frame_p95_ms: rounded(quantile(frames, 0.95)),
        filter_worst_ms: rounded(Math.max(...filtered), 0),
        hover_work_p95_ms: rounded(quantile(hovered, 0.95)),
      } satisfies Figures;
    } finally {
      await browser.close();
      await engine.dispose();
      await rm(folder, { recursive: true });
    }
  },
};

/** In the page: resolves with the time of the frame after the next, when what was rendered has been painted. */
const PAINTED = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now()))))`;
const ROW = '[role="treegrid"] [data-row]';

const asNumber = z.number();
const asNumbers = z.array(z.number());

async function firstPaint(page: Page): Promise<number> {
  await page.locator(ROW).first().waitFor({ timeout: 60_000 });
  return asNumber.parse(await page.evaluate(PAINTED));
}

/** From the last byte of the answer. The time of waiting for a row is in it, so that it is rather too long than too short. */
async function openAnswer(page: Page, engine: string) {
  await page.goto(`${engine}/traces/${TRACE_ID}`);
  const painted = await firstPaint(page);
  const entry = `performance.getEntriesByType('resource').findLast(({ name }) => name.includes('${TRACE_ID}')).responseEnd`;
  const answered = asNumber.parse(await page.evaluate(entry));
  return { painted: painted - answered, held: await longestTask(page, answered) };
}

/** Milliseconds of the longest task since then: for so long no click was heard. */
async function longestTask(page: Page, since: number): Promise<number> {
  const tasks = `new Promise((resolve) =>
    new PerformanceObserver((list) =>
      resolve(list.getEntries().filter((task) => task.startTime + task.duration > ${since}).map((task) => task.duration))
    ).observe({ type: 'longtask', buffered: true })
  )`;
  return Math.max(0, ...asNumbers.parse(await page.evaluate(tasks)));
}

async function openFile(page: Page, engine: string, file: string): Promise<number> {
  await page.goto(`${engine}/traces/file`);
  const field = page.locator('input[type="file"]').first();
  await field.waitFor({ state: 'attached' });
  await page.evaluate(
    `document.addEventListener('change', () => (window.chosenAt = performance.now()), { capture: true, once: true })`
  );
  await field.setInputFiles(file);
  return (await firstPaint(page)) - asNumber.parse(await page.evaluate('window.chosenAt'));
}

/** Milliseconds of each frame while the rows are scrolled through. */
async function scroll(page: Page): Promise<number[]> {
  const script = `new Promise((resolve) => {
    const scroller = document.querySelector('${ROW}').closest('[role="rowgroup"]');
    const frames = [];
    let last = performance.now();
    const step = (now) => {
      frames.push(now - last);
      last = now;
      scroller.scrollTop += ${SCROLL_STEP};
      if (frames.length < ${SCROLL_FRAMES}) requestAnimationFrame(step);
      else resolve(frames.slice(2));
    };
    requestAnimationFrame(step);
  })`;
  return asNumbers.parse(await page.evaluate(script));
}

/** From the last letter until the rows that match are painted, the rest after typing included. */
async function filter(page: Page): Promise<number[]> {
  const taken: number[] = [];
  const field = page.getByRole('textbox', { name: 'Filter spans' });
  for (const text of FILTERS) {
    await field.fill('');
    await page.getByText(/spans? match|No span matches/).waitFor({ state: 'detached' });
    const seen = page.evaluate(`new Promise((resolve) => {
      let typedAt;
      document.addEventListener('input', () => (typedAt = performance.now()), { capture: true, once: true });
      const observer = new MutationObserver(() => {
        if (/spans? match|No span matches/.test(document.body.textContent)) {
          observer.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - typedAt)));
        }
      });
      observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    })`);
    await field.fill(text);
    taken.push(asNumber.parse(await seen));
  }
  await field.fill('');
  return taken;
}

/** What a frame has to do when the mouse goes from row to row: style, layout and paint, without the wait for its turn. */
async function hover(page: Page): Promise<number[]> {
  await page.evaluate(`
    window.hovered = [];
    document.addEventListener('mousemove', () => requestAnimationFrame(() => {
      const began = performance.now();
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.hovered.push(performance.now() - began);
      port2.postMessage(null);
    }), { capture: true });
  `);
  const box = await page.locator(ROW).nth(12).boundingBox();
  for (let move = 0; move < HOVERS && box !== null; move += 1) {
    await page.mouse.move(box.x + 200 + move, box.y + (move % 12) * box.height);
    await page.evaluate(PAINTED);
  }
  return asNumbers.parse(await page.evaluate('window.hovered'));
}
