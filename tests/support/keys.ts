import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** More keys than any page has stops: whoever presses as many is caught. */
const MOST_KEYS = 400;

export type Stop = { readonly name: string; readonly seen: boolean; readonly ringed: boolean };

/** Where the focus is: what it is called, whether it is on the screen with nothing over it, whether it shows. */
export const stopOf = (page: Page): Promise<Stop> =>
  page.evaluate(() => {
    const one = document.activeElement;
    if (one === null || one === document.body) return { name: '', seen: true, ringed: true };
    const label = (one as HTMLInputElement).labels?.[0]?.cloneNode(true) as HTMLElement | undefined;
    // What stands in a label beside its words: the choices of a list are not its name.
    for (const field of label?.querySelectorAll('select, input') ?? []) field.remove();
    const by = document.getElementById(one.getAttribute('aria-labelledby') ?? '')?.textContent;
    const name = one.getAttribute('aria-label') ?? by ?? label?.textContent ?? one.textContent ?? '';
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

/** What a stop is called: whole, or as it begins, ends or contains. */
type Name = string | RegExp;
type Way = 'Tab' | 'Shift+Tab';

/** Goes on by Tab until the stop of that name; every stop on the way is to be seen, with its ring. */
export const tabTo = async (page: Page, name: Name, key: Way = 'Tab'): Promise<void> => {
  await still(page);
  for (let pressed = 0; pressed < MOST_KEYS; pressed++) {
    await page.keyboard.press(key);
    const stop = await stopOf(page);
    // The browser scrolls to a stop after the key, and lists draw their lines after that.
    if (stop.name !== '')
      await expect
        .poll(() => stopOf(page), { message: stop.name })
        .toMatchObject({ seen: true, ringed: true });
    if (typeof name === 'string' ? name === stop.name : name.test(stop.name)) return;
  }
  throw new Error(`no stop called ${String(name)} within ${MOST_KEYS} keys`);
};

/** Goes to the stop of that name and presses it. */
export const pressAt = async (page: Page, name: Name, key?: Way): Promise<void> => {
  await tabTo(page, name, key);
  await page.keyboard.press('Enter');
};

/** Goes to the field of that name and types over what it holds. */
export const typeAt = async (page: Page, name: Name, text: string): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(text);
};

/** Goes to the day of that name and types it part by part, in the order of a French browser. */
export const dayAt = async (page: Page, name: Name, day: string): Promise<void> => {
  const [year = '', month = '', date = ''] = day.split('-');
  await tabTo(page, name);
  await page.keyboard.type(date + month + year);
  expect(await page.evaluate(() => (document.activeElement as HTMLInputElement).value)).toBe(day);
};

/** Goes to the list of that name, to its first choice and down to the one that says so. */
export const chooseAt = async (page: Page, name: Name, choice: string, key?: Way): Promise<void> => {
  await tabTo(page, name, key);
  const chosen = () =>
    page.evaluate(() => (document.activeElement as HTMLSelectElement).selectedOptions[0]?.textContent);
  await page.keyboard.press('Home');
  for (let pressed = 0; (await chosen()) !== choice; pressed++) {
    if (pressed === MOST_KEYS) throw new Error(`${String(name)} has no choice called ${choice}`);
    await page.keyboard.press('ArrowDown');
  }
};

/** Waits until the focus is on what is called so, in sight: what a key did has not thrown it back to the start of the page. */
export const heldAt = async (page: Page, name: Name): Promise<void> => {
  await expect
    .poll(() => stopOf(page), { message: `the focus at ${String(name)}` })
    .toMatchObject({ name: typeof name === 'string' ? name : expect.stringMatching(name), seen: true });
};

/** Whether nothing of the page lies beside the screen. */
export const narrowly = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

const shots = process.env['STACOPTIM_SHOTS'];

/** The screen as it is, in the folder that a person who wants to look at it has named. */
export const shot = async (page: Page, name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `keys-${name}.png`) });
};
