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
  page.locator('html').evaluate((html) => {
    const { clientWidth, scrollWidth } = html;
    const told: string[] = [`${scrollWidth} > ${clientWidth}`];
    const walk = (element: typeof html): void => {
      const { left, right } = element.getBoundingClientRect();
      if (right > clientWidth) {
        told.push(`${left.toFixed(1)} to ${right.toFixed(1)}: ${element.outerHTML.slice(0, 160)}`);
      }
      if (element.computedStyleMap().get('overflow-x')?.toString() === 'visible' || element.tagName === 'BODY') {
        [...element.children].forEach((child) => walk(child as typeof html));
      }
    };
    walk(html);
    return told;
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
