import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Served } from './served.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export type Opened = { readonly page: Page; readonly errors: string[] };

/** How a page is looked at. */
export type Seen = {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  readonly language?: 'fr' | 'en';
};

/** A page of the served application as a person sees it, with what goes wrong in it and what it asks elsewhere; French unless said. */
export const openPage = async (
  browser: Browser,
  { url, cookie }: Pick<Served, 'url' | 'cookie'>,
  path: string,
  { width = 1280, colorScheme = 'light', language = 'fr' }: Seen = {},
): Promise<Opened> => {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
  await page.context().addCookies([cookie]);
  await page.addInitScript((chosen) => {
    if (localStorage.getItem('stacoptim.language') === null)
      localStorage.setItem('stacoptim.language', chosen);
  }, language);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('console', (line) => {
    if (line.type() === 'error') errors.push(line.text());
  });
  page.on('request', (request) => {
    if (![url, 'data:', 'blob:'].some((own) => request.url().startsWith(own)))
      errors.push(`asks ${request.url()}`);
  });
  await page.goto(url + path);
  return { page, errors };
};

/** Without the 404 of what a building has not yet, a signature or a meter: the page puts it into words, the browser tells it too. */
export const faults = (errors: readonly string[]): string[] => errors.filter((line) => !line.includes('404'));

/**
 * Opens what is folded under a summary, by the keyboard: a pointer may miss it while the page above still settles. What it holds is built
 * a moment later, and is to be awaited.
 */
export const openFold = async (summary: Locator): Promise<void> => {
  await summary.press('Enter');
  await summary.locator('xpath=ancestor::details[1][@open]').waitFor();
};

/** The same, of the one summary that says so. */
export const unfold = (within: Page | Locator, text: string | RegExp = ''): Promise<void> =>
  openFold(within.locator('summary').filter({ hasText: text }));

type AxeRun = { violations: { id: string; nodes: { html: string }[] }[] };

/** What axe finds wrong, each with the first place. */
export const axeViolations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axe);
  const result = await page.evaluate<AxeRun>('axe.run()');
  return result.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`);
};
