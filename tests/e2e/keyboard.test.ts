import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { demoInto } from '../support/demo-folder.ts';
import { openPage } from '../support/page.ts';
import { serve, type Served } from '../support/served.ts';

const data = mkdtempSync(join(tmpdir(), 'stacoptim-keyboard-'));

let server: Served;
let browser: Browser;

beforeAll(async () => {
  demoInto(data);
  server = await serve(data);
  browser = await openBrowser();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
  rmSync(data, { recursive: true, force: true });
});

/** More keys than any page has stops: whoever presses as many is caught. */
const MOST_KEYS = 400;

type Stop = { readonly name: string; readonly seen: boolean; readonly ringed: boolean };

/** Where the focus is: what it is called, whether it is on the screen with nothing over it, whether it shows. */
const stopOf = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return { name: '', seen: true, ringed: true };
    const label = one instanceof HTMLInputElement ? (one.labels?.[0]?.textContent ?? '') : '';
    const name = one.getAttribute('aria-label') ?? (label === '' ? (one.textContent ?? '') : label);
    const box = one.getBoundingClientRect();
    const [x, y] = [
      Math.min(Math.max(box.left + Math.min(box.width, innerWidth) / 2, 0), innerWidth - 1),
      Math.min(Math.max(box.top + Math.min(box.height, innerHeight) / 2, 0), innerHeight - 1),
    ];
    const top = document.elementFromPoint(x, y);
    const seen =
      box.bottom > 0 &&
      box.top < innerHeight &&
      box.right > 0 &&
      box.left < innerWidth &&
      top !== null &&
      (one.contains(top) || top.contains(one));
    const style = getComputedStyle(one);
    return {
      name: name.replaceAll(/\s+/g, ' ').trim(),
      seen,
      ringed: style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0,
    };
  });

/** Once the page has kept its height for half a second: what comes late would push a stop out of sight after it was reached. */
const still = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    let [height, since] = [-1, performance.now()];
    while (performance.now() - since < 500) {
      await new Promise(requestAnimationFrame);
      const now = document.documentElement.scrollHeight;
      if (now !== height) [height, since] = [now, performance.now()];
    }
  });

/** Goes on by Tab until the stop of that name; every stop on the way is to be seen, with its ring. */
const tabTo = async (page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> => {
  await still(page);
  for (let pressed = 0; pressed < MOST_KEYS; pressed++) {
    await page.keyboard.press(key);
    const stop = await stopOf(page);
    // The browser scrolls to a stop after the key, and lists draw their lines after that.
    if (stop.name !== '')
      await expect
        .poll(() => stopOf(page), { message: stop.name })
        .toMatchObject({ seen: true, ringed: true });
    if (name.test(stop.name)) return;
  }
  throw new Error(`no stop called ${String(name)} within ${MOST_KEYS} keys`);
};

const narrowly = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

describe('four options for a school, by keys alone', () => {
  it.each([
    ['on a screen of 320 pixels', 320, 640],
    ['at 200 % of a screen of 1,280', 640, 450],
  ])('%s', async (_where, width, height) => {
    const { page, errors } = await openPage(browser, server, '');
    await page.setViewportSize({ width, height });
    await page.waitForSelector('table.stock tbody a');
    await page.waitForLoadState('networkidle');
    await tabTo(page, /^Aller au contenu$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /Jules-Ferry/);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await page.waitForSelector('table.options');
    await page.waitForLoadState('networkidle');
    expect(await narrowly(page)).toBe(true);

    await tabTo(page, /^Changer les options comparées$/);
    await page.keyboard.press('Enter');
    await page.waitForSelector('table.choices');
    await tabTo(page, /^Ajouter une option vide$/);
    await page.keyboard.press('Enter');
    await page
      .getByRole('checkbox', { name: 'Éclairage LED, D' })
      .or(page.getByRole('checkbox', { name: /Éclairage LED, nouvelle option/ }))
      .waitFor();
    await tabTo(page, /Éclairage LED, (D|nouvelle option)/, 'Shift+Tab');
    await page.keyboard.press('Space');
    await page.waitForFunction(
      () => document.querySelectorAll('table.options')[0]?.querySelectorAll('thead th').length === 5,
    );
    // The key that built the option still stands where it was pressed.
    await expect.poll(async () => (await stopOf(page)).name).toMatch(/Éclairage LED, D/);
    await expect.poll(() => page.textContent('h1')).toContain('École Jules-Ferry');

    await tabTo(page, /MWh/);
    await page.keyboard.press('Enter');
    await page.locator('dialog.sheet').waitFor({ state: 'visible' });
    await page.keyboard.press('Escape');
    await page.locator('dialog.sheet').waitFor({ state: 'hidden' });
    await expect.poll(async () => (await stopOf(page)).name).toMatch(/MWh/);

    await tabTo(page, /^Scénarios gardés$/);
    await page.keyboard.press('Enter');
    await tabTo(page, /^Nom$/);
    await page.keyboard.type(`Éclairage ${width}`);
    await tabTo(page, /^Garder$/);
    await page.keyboard.press('Enter');
    await page.locator('.saving strong', { hasText: `Éclairage ${width}` }).waitFor();
    await tabTo(page, /^Imprimer cette comparaison$/);
    expect(await narrowly(page)).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
  });
});
