import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { installation } from '../support/installation.ts';
import { onboard, sessionAs } from '../support/onboard.ts';
import { axeViolations, faults, unfold } from '../support/page.ts';

const root = join(import.meta.dirname, '../..');
const at = installation('envelope');
const form = {
  id: 'fiche',
  name: 'Fiche',
  use: 'housing',
  floorAreaM2: 600,
  storeys: 2,
  period: '1949-1974',
};

beforeAll(async () => {
  const model = new Uint8Array(readFileSync(join(root, 'buildings/ecole-1958/model.ifc')));
  await onboard(at.server, { name: 'ecole.ifc', body: model, id: 'ecole' });
  await onboard(at.server, { name: 'fiche.json', body: JSON.stringify(form), id: 'fiche' });
});

const inSpace = async (page: Page): Promise<void> => {
  await page.waitForSelector('h2#envelope');
  await unfold(page, '3D');
  await page.waitForSelector('.space-list');
};

const pixels = (page: Page): Promise<string> =>
  page
    .locator('.space-picture canvas')
    .screenshot()
    .then((image) => image.toString('base64'));

/** The picture once it stands still: it is drawn a moment after the list. */
const settled = async (page: Page): Promise<string> => {
  let before: string | undefined;
  await expect
    .poll(
      async () => {
        const now = await pixels(page);
        const same = now === before;
        before = now;
        return same;
      },
      { interval: 200 },
    )
    .toBe(true);
  return before ?? '';
};

const panel = (page: Page) => page.locator('.space-panel');
const nthOfKind = (page: Page, name: RegExp, n: number) =>
  page.locator('.space-list button', { hasText: name }).nth(n);

const keep = async (page: Page, value: string): Promise<void> => {
  await panel(page)
    .getByLabel(/Un U mieux connu/)
    .fill(value);
  const button = panel(page).getByRole('button', { name: 'Garder cette valeur' });
  await page.waitForFunction(
    () => document.querySelector<HTMLButtonElement>('.space-panel [type=submit]')?.disabled === false,
  );
  await button.press('Enter');
};

describe('an engineer looks at the envelope', () => {
  it('loads it when it is opened, and under 200 kB of code', async () => {
    const { page, errors } = await at.open('#/batiments/ecole');
    const loaded = () =>
      page.evaluate(() =>
        performance
          .getEntriesByType('resource')
          .filter(({ name }) => name.includes('envelope-space') && name.endsWith('.js'))
          .reduce((sum, one) => sum + (one as PerformanceResourceTiming).transferSize, 0),
      );
    await page.waitForSelector('h2#envelope');
    expect(await loaded()).toBe(0);
    await inSpace(page);
    const bytes = await loaded();
    expect(bytes).toBeGreaterThan(1000);
    expect(bytes).toBeLessThan(200_000);
    expect(faults(errors)).toEqual([]);
    await page.close();
  });

  it('turns it by keys, recolours it, and finds in the list what the picture shows', async () => {
    const { page, errors } = await at.open('#/batiments/ecole');
    await inSpace(page);
    const canvas = page.locator('.space-picture canvas');
    const first = await settled(page);
    await canvas.press('ArrowLeft');
    await expect.poll(() => pixels(page)).not.toBe(first);
    await canvas.press('+');
    await canvas.press('Home');
    await expect.poll(() => pixels(page)).toBe(first);
    await canvas.press('Tab');
    await page.locator('.space-fold select').selectOption('provenance');
    await expect.poll(() => pixels(page)).not.toBe(first);
    const legend = (await page.locator('.space-legend').textContent()) ?? '';
    const cell = (await page.locator('.space-list tbody td').first().textContent()) ?? '';
    const [letter = '', label = ''] = cell.split(' · ');
    expect(legend).toContain(letter);
    expect(legend).toContain(label);
    const together = await settled(page);
    await page.getByLabel('Écarter les éléments').press('Space');
    await expect.poll(() => pixels(page)).not.toBe(together);
    expect(faults(errors)).toEqual([]);
    await page.close();
  });

  it('chooses by the mouse on the picture what the list names', async () => {
    const { page } = await at.open('#/batiments/ecole');
    await inSpace(page);
    const canvas = page.locator('.space-picture canvas');
    await settled(page);
    const box = await canvas.boundingBox();
    await canvas.click({ position: { x: (box?.width ?? 0) / 2, y: (box?.height ?? 0) / 2 } });
    await panel(page).waitFor();
    await expect
      .poll(() => panel(page).locator('h3').textContent())
      .toMatch(/^(Mur|Toiture|Fenêtre|Porte|Plancher)/);
    await page.close();
  });

  it('types a better U by keyboard alone, reads what it changes, and takes it back', async () => {
    const { page, errors } = await at.open('#/batiments/ecole');
    await inSpace(page);
    await nthOfKind(page, /^Toiture/, 0).press('Enter');
    await page.waitForFunction(() => document.activeElement?.id === 'space-element');
    await expect.poll(() => panel(page).textContent()).toMatch(/Provenance.*Calcul/);
    await keep(page, 'abc');
    await expect.poll(() => page.textContent('#space-problem')).toContain('entre 0,03 et 10');
    await keep(page, '0,2');
    await page.getByText(/les déperditions passent de/).waitFor();
    await panel(page).getByText('saisi par une personne').waitFor();
    await panel(page).getByRole('button', { name: 'Reprendre la valeur saisie' }).press('Enter');
    await panel(page).getByText('saisi par une personne').waitFor({ state: 'detached' });
    expect(faults(errors)).toEqual([]);
    await page.close();
  });

  it('is told that a form’s picture is of a description', async () => {
    const { page } = await at.open('#/batiments/fiche');
    await inSpace(page);
    await expect
      .poll(() => page.textContent('.space-fold'))
      .toContain('Image d’une description, pas d’un bâtiment levé');
    await page.close();
  });

  it('keeps the list where the browser draws no 3D, and says so', async () => {
    const page = await at.browser.newPage();
    await page.context().addCookies([at.server.cookie]);
    await page.addInitScript(() => {
      HTMLCanvasElement.prototype.getContext = () => null;
    });
    await page.goto(`${at.server.url}#/batiments/ecole`);
    await inSpace(page);
    await page.getByText(/Ce navigateur ne dessine pas en 3D/).waitFor();
    await nthOfKind(page, /^Toiture/, 0).press('Enter');
    await panel(page).waitFor();
    await page.close();
  });

  it('without the right to change it sees where values come from, and no form', async () => {
    const cookie = await sessionAs(at.server, 'Claire', 'viewer');
    const context = await at.browser.newContext();
    await context.addCookies([cookie]);
    const page = await context.newPage();
    await page.goto(`${at.server.url}#/batiments/ecole`);
    await inSpace(page);
    await nthOfKind(page, /^Toiture/, 0).press('Enter');
    await panel(page).waitFor();
    await expect.poll(() => panel(page).locator('form').count()).toBe(0);
    await context.close();
  });
});

describe('two browsers change the same building at once', () => {
  it('on the envelope: the second is told, nothing is overwritten, nothing typed is lost', async () => {
    const [a, b] = await Promise.all(
      ['A. Martin', 'B. Durand'].map(async (person) => {
        const context = await at.browser.newContext({ viewport: { width: 1280, height: 900 } });
        await context.addCookies([await sessionAs(at.server, person, 'engineer')]);
        const page = await context.newPage();
        await page.goto(`${at.server.url}#/batiments/fiche`);
        await inSpace(page);
        return page;
      }),
    );
    if (a === undefined || b === undefined) throw new Error('two pages');
    await nthOfKind(a, /^Toiture/, 0).press('Enter');
    await nthOfKind(b, /^Plancher/, 0).press('Enter');
    await b.waitForFunction(
      () => document.querySelector<HTMLButtonElement>('.space-panel [type=submit]')?.disabled === false,
    );
    await keep(a, '0,15');
    await a.getByText(/Valeur gardée/).waitFor();
    await keep(b, '0,25');
    await b.getByText(/rien n’a été écrasé/).waitFor();
    const field = panel(b).getByLabel(/Un U mieux connu/);
    await expect.poll(() => field.inputValue()).toBe('0,25');
    await panel(b).getByRole('button', { name: 'Garder cette valeur' }).press('Enter');
    await b.getByText(/Valeur gardée/).waitFor();
    const headers = { cookie: `${at.server.cookie.name}=${at.server.cookie.value}` };
    const read = await fetch(`${at.server.url}v1/buildings/fiche/elements`, { headers });
    const { elements } = (await read.json()) as { elements: { kind: string; typedUWm2K: number | null }[] };
    const typed = elements.filter(({ typedUWm2K }) => typedUWm2K !== null);
    expect(Object.fromEntries(typed.map(({ kind, typedUWm2K }) => [kind, typedUWm2K]))).toEqual({
      floor: 0.25,
      roof: 0.15,
    });
    await a.context().close();
    await b.context().close();
  });

  it('on the assumptions: the question keeps what is written in it', async () => {
    const first = await at.open('#/batiments/ecole/hypotheses');
    const second = await at.open('#/batiments/ecole/hypotheses');
    for (const { page } of [first, second]) {
      await page.waitForSelector('.question');
      await page.getByLabel(/Votre nom/).fill('C. Petit');
    }
    const title = await second.page.textContent('#question-title');
    const give = async (page: Page, changes: string): Promise<void> => {
      await page.locator('.question .field').fill(changes);
      await page.getByRole('button', { name: 'Répondre' }).press('Enter');
    };
    await give(first.page, '0,6');
    await first.page.getByText('Réponse prise en compte.').waitFor({ state: 'attached' });
    await give(second.page, '0,7');
    await second.page.getByText(/rien n’a été écrasé/).waitFor();
    await expect.poll(() => second.page.textContent('#question-title')).toBe(title);
    await expect.poll(() => second.page.locator('.question .field').inputValue()).toBe('0,7');
    await second.page.getByRole('button', { name: 'Répondre' }).press('Enter');
    await second.page.getByText('Réponse prise en compte.').waitFor({ state: 'attached' });
    await first.page.close();
    await second.page.close();
  });
});

describe('for all', () => {
  it.each([
    ['light', 'fr'],
    ['dark', 'fr'],
    ['light', 'en'],
    ['dark', 'en'],
  ] as const)('breaks no rule that axe knows, %s, %s', async (colorScheme, language) => {
    const { page } = await at.open('#/batiments/ecole', { colorScheme, language });
    await inSpace(page);
    await page.locator('.space-list button').first().press('Enter');
    await panel(page).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.close();
  });

  it('reflows at 320 pixels, with the element open', async () => {
    const { page } = await at.open('#/batiments/ecole', { width: 320 });
    await inSpace(page);
    await page.locator('.space-list button').first().press('Enter');
    await panel(page).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.close();
  });
});
