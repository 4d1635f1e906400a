import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Nothing stands beyond the right edge of the screen. */
export async function expectToFit(page: Page): Promise<void> {
  const [scrolled, width] = await page
    .locator('html')
    .evaluate((html) => [html.scrollWidth, html.clientWidth] as const);
  expect(scrolled).toBeLessThanOrEqual(width);
}

/** WCAG 2.1 A and AA, as far as axe can tell. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}
