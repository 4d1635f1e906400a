import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Widths of what is shown and of the screen, in px. */
export const widthsOf = (page: Page): Promise<readonly [content: number, screen: number]> =>
  page.locator('html').evaluate((html) => [html.scrollWidth, html.clientWidth] as const);

/** Nothing stands beyond the right edge of the screen; what does is named, innermost last. */
export async function expectToFit(page: Page): Promise<void> {
  const [content, screen] = await widthsOf(page);
  expect(content > screen ? await beyond(page) : []).toEqual([]);
}

/** What reaches beyond the right edge of the screen, unless something around it scrolls by itself. */
const beyond = (page: Page): Promise<string[]> =>
  page.locator('body').evaluate((body) => {
    const screen = document.documentElement.clientWidth;
    const isKept = (element: Element): boolean => {
      for (let around = element.parentElement; around !== null && around !== body; around = around.parentElement) {
        if (getComputedStyle(around).overflowX !== 'visible') {
          return true;
        }
      }
      return false;
    };
    const told = (element: Element) => {
      const { left, right } = element.getBoundingClientRect();
      return `${left.toFixed(1)}–${right.toFixed(1)} of ${screen}: ${element.outerHTML.slice(0, 160)}`;
    };
    const wide = [...body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > screen && !isKept(element)
    );
    return [`${document.documentElement.scrollWidth} > ${screen}`, ...wide.map(told)];
  });

const WCAG_21_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** What WCAG 2.1 AA has against the page, as far as axe can tell: a rule and the HTML that breaks it. */
export async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG_21_AA).analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([]);
}
