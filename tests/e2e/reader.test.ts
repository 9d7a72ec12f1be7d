import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { demoInto } from '../support/demo-folder.ts';
import { installation } from '../support/installation.ts';
import { sessionAs } from '../support/onboard.ts';
import { openPage } from '../support/page.ts';
import { readAloud, slips, stumbles } from '../support/reader.ts';

const at = installation('reader', demoInto);

/** One page of each kind is enough: the second building is read as the first. */
const kindOf = (address: string): string =>
  (address.split('?')[0] ?? '').replaceAll(/(batiments|compteurs|programmes)\/[^/]+/g, '$1/:one');

/** Waits until nothing more comes, whatever was folded being open. */
const unfoldAll = async (page: Page): Promise<void> => {
  await page.locator('main h1').waitFor();
  const settled = async (): Promise<void> => {
    await page.waitForLoadState('networkidle');
    await page.waitForFunction(
      () => !/Chargement…|Loading…/.test(document.querySelector('main')?.textContent ?? ''),
    );
  };
  await settled();
  // What opens may hold another that is closed.
  for (;;) {
    const opened = await page.evaluate(() => {
      const closed = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
      for (const one of closed) one.open = true;
      return closed.length;
    });
    await settled();
    if (opened === 0) return;
  }
};

/** Every kind of page that a link leads to, from the first page and the site map. */
const walk = async (
  language: 'fr' | 'en',
): Promise<{ readonly kinds: Set<string>; readonly found: string[] }> => {
  const { page, errors } = await at.open('', { language });
  const [kinds, found] = [new Set<string>(), new Array<string>()];
  const left = ['#/', '#/plan'];
  for (let address = left.shift(); address !== undefined; address = left.shift()) {
    const kind = kindOf(address);
    if (kinds.has(kind)) continue;
    kinds.add(kind);
    await page.goto(at.server.url + address);
    await page.reload();
    await unfoldAll(page);
    const links = await page.evaluate(() =>
      [...document.querySelectorAll('a[href^="#/"]')].map((one) => one.getAttribute('href') ?? ''),
    );
    left.push(...links);
    const heard = stumbles(await readAloud(page), { title: await page.title() });
    found.push(...[...heard, ...(await slips(page, language))].map((one) => `${address}: ${one}`));
    expect(await page.getAttribute('html', 'lang')).toBe(language);
  }
  expect(errors).toEqual([]);
  await page.close();
  return { kinds, found };
};

describe('a page that is heard', () => {
  it.each(['fr', 'en'] as const)(
    'has landmarks, one title, headings in order, names, captions, and its text in one language: %s',
    async (language) => {
      const { kinds, found } = await walk(language);
      expect(kinds.size).toBeGreaterThan(18);
      expect(found).toEqual([]);
    },
    600_000,
  );

  it('is read from its title when it opens, under a window of that name', async () => {
    const { page } = await at.open();
    await page.waitForSelector('table.stock tbody a');
    await page.getByRole('link', { name: 'Les résultats' }).press('Enter');
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('opérations');
    await expect.poll(() => page.title()).toContain('opérations');
    await page.close();
  });
});

describe('what the tool took', () => {
  it('is read again once something was computed', async () => {
    const { page } = await at.open('#/batiments/ecole-1958');
    await page.waitForSelector('table.options');
    await page.waitForLoadState('networkidle');
    const asked = page.waitForResponse((response) => response.url().endsWith('/v1/ledger'));
    await page.locator('summary', { hasText: 'Changer les options comparées' }).press('Enter');
    await page.locator('.editor input[type=checkbox]').first().press('Space');
    expect((await asked).status()).toBe(200);
    await page.close();
  });
});

describe('a manager deletes a building', () => {
  it('reads what would be lost, types its name, and finds it in the log', async () => {
    const { page, errors } = await at.open('#/batiments/musee-pierre');
    const part = page.locator('section[aria-labelledby=delete]');
    await part.locator('summary').press('Enter');
    await expect
      .poll(() => part.textContent())
      .toMatch(/1 opération de travaux et 1 référence d’avant travaux/);
    await expect.poll(() => part.textContent()).toMatch(/1 compteur, \d\s\d{3} relevés/);
    await part.getByLabel(/écrivez le nom/).fill('Musée');
    await part.getByLabel('Je sais que la preuve').check();
    await part.getByLabel('Pourquoi').fill('vendu à la métropole');
    await part.getByRole('button', { name: 'Supprimer définitivement' }).click();
    await expect.poll(() => part.getByRole('alert').textContent()).toContain('Rien n’est supprimé');
    expect((await fetch(`${at.server.url}v1/buildings/musee-pierre/identity`, withCookie())).status).toBe(
      200,
    );
    await part.getByLabel(/écrivez le nom/).fill('musée de la pierre (exemple)');
    await part.getByRole('button', { name: 'Supprimer définitivement' }).click();
    await part.getByRole('link', { name: 'Retour au parc' }).waitFor();
    await page.waitForFunction(() => document.activeElement?.textContent?.includes('est supprimé'));
    expect((await fetch(`${at.server.url}v1/buildings/musee-pierre/identity`, withCookie())).status).toBe(
      404,
    );
    await page.goto(`${at.server.url}#/administration/journal`);
    await page.getByLabel('Action').selectOption({ label: 'bâtiment supprimé' });
    await page.getByRole('button', { name: 'Filtrer' }).click();
    await page.getByRole('row', { name: /bâtiment musee-pierre vendu à la métropole/ }).waitFor();
    expect(errors.filter((line) => !line.includes('404'))).toEqual([]);
    await page.close();
  });

  it('tells those who may not decide whom to ask', async () => {
    const cookie = await sessionAs(at.server, 'Paul', 'engineer');
    const { page } = await openPage(at.browser, { url: at.server.url, cookie }, '#/batiments/ecole-1958');
    const part = page.locator('section[aria-labelledby=delete]');
    await part.locator('summary').press('Enter');
    await part.getByText('Votre rôle ne permet pas de supprimer un bâtiment').waitFor();
    expect(await part.getByRole('button').count()).toBe(0);
    await page.close();
  });
});

const withCookie = () => ({ headers: { cookie: `${at.server.cookie.name}=${at.server.cookie.value}` } });
