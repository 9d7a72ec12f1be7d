import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { installation } from '../support/installation.ts';
import { axeViolations, unfold } from '../support/page.ts';

const root = join(import.meta.dirname, '../..');
const at = installation('stock');
const gym = readFileSync(join(root, 'buildings/gymnase-1978/model.ifc'));

/** A sheet of that many blocks of flats, and one line that cannot be read. */
const sheet = (name: string, count: number) => ({
  name: `${name}.csv`,
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'code;nom;surface;niveaux;annee;usage',
      ...Array.from(
        { length: count },
        (_, index) =>
          `${name}-${String(index).padStart(4, '0')};Tour ${index};${1000 + index};5;19${60 + (index % 30)};logements`,
      ),
      `${name}-x;Tour sans surface;;5;1970;logements`,
    ].join('\n'),
  ),
});

const add = async (
  page: Page,
  files: Parameters<ReturnType<Page['locator']>['setInputFiles']>[0],
): Promise<void> => {
  if ((await page.locator('details.import[open]').count()) === 0) await unfold(page, /^Ajouter des fichiers/);
  await page.locator('.imports input[type=file]').setInputFiles(files);
};

const file = (page: Page, name: string) => page.locator('.files > li', { hasText: name });

const rowCount = (page: Page): Promise<string | null> =>
  page.locator('table.stock').getAttribute('aria-rowcount');

describe('a landlord brings a stock', () => {
  it('drops a model, a sheet and what is none of ours at once, reads each line, and keeps what is good', async () => {
    const { page, errors } = await at.open();
    await page.getByRole('heading', { name: 'Aucun bâtiment encore.' }).waitFor();
    await page.getByRole('link', { name: 'Premiers pas, en dix minutes' }).waitFor();
    await page.evaluate(
      async ([sheetText, model]) => {
        const held = new DataTransfer();
        held.items.add(new File([sheetText ?? ''], 'parc.csv'));
        held.items.add(new File([model ?? ''], 'gymnase.ifc'));
        held.items.add(new File(['bonjour'], 'notes.csv'));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: held, bubbles: true }));
      },
      [sheet('parc', 600).buffer.toString(), gym.toString('latin1')],
    );
    await file(page, 'parc.csv').getByText('600 à créer, 1 ligne laissée de côté').waitFor();
    await expect.poll(() => file(page, 'parc.csv').textContent()).toMatch(/Ligne 602.*surface/);
    await file(page, 'gymnase.ifc')
      .getByText(/perd .*W\/K/)
      .waitFor();
    await file(page, 'notes.csv').getByRole('button', { name: 'Ce sont des relevés' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await page.getByLabel(/Votre nom/).fill('A. Martin');
    await page.getByRole('button', { name: 'Garder ce qui est prêt (2)' }).click();
    await file(page, 'parc.csv').getByText('gardé : 600 bâtiments').waitFor();
    await file(page, 'gymnase.ifc').getByText('gardé : 1 bâtiment').waitFor();
    await page.getByText('2 sur 3 gardés, 1 en échec.').waitFor();
    await page.waitForSelector('table.stock[aria-rowcount="602"]');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('scrolls hundreds of lines with a few in the page, by the wheel and by the keyboard', async () => {
    const { page, errors } = await at.open('#/?tri=name');
    await page.waitForSelector('table.stock tbody a');
    await expect.poll(() => rowCount(page)).toBe('602');
    const elements = (): Promise<number> => page.evaluate(() => document.querySelectorAll('*').length);
    expect(await elements()).toBeLessThanOrEqual(350);
    await page.locator('table.stock tbody a').first().press('End');
    await page.locator('table.stock tr[aria-rowindex="602"] a:focus').waitFor();
    await expect.poll(() => page.textContent('#lines-seen')).toMatch(/à 601 sur 601/);
    await page.keyboard.press('ArrowUp');
    await page.locator('table.stock tr[aria-rowindex="601"] a:focus').waitFor();
    await page.locator('.lines').evaluate((box) => box.scrollTo(0, box.scrollHeight / 2));
    await page.waitForFunction(() => {
      const [first] = document.querySelectorAll<HTMLElement>('table.stock tr[data-index]');
      return Number(first?.dataset['index']) > 200 && first?.querySelector('a') !== null;
    });
    expect(await elements()).toBeLessThanOrEqual(350);
    // The line that had the focus is gone: the list has it, not the top of the page.
    await expect.poll(() => page.evaluate(() => document.activeElement?.className)).toBe('lines');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('keeps filters and order in the address: a link, a reload and the way back show the same', async () => {
    const { page, errors } = await at.open();
    await page.waitForSelector('table.stock tbody a');
    await unfold(page, 'Filtrer');
    await page.getByLabel('Nom', { exact: true }).fill('Tour 59');
    await page.waitForSelector('table.stock[aria-rowcount="12"]');
    await expect.poll(() => page.textContent('h1')).toMatch(/^11 bâtiments retenus/);
    await page.getByRole('button', { name: 'Bâtiment' }).click();
    await page.getByLabel('Usage').selectOption('housing');
    await page.waitForFunction(() => location.hash.includes('usage=housing'));
    await expect.poll(() => page.url()).toMatch(/#\/\?nom=Tour\+59&tri=name&usage=housing$/);
    await page.locator('table.stock tbody tr[data-index="0"] a', { hasText: 'Tour 59' }).waitFor();
    // Its figures may come between two looks: the building and its place are what the address says.
    const first = await page.locator('table.stock tbody tr[data-index="0"] a').textContent();
    await page.reload();
    await page.waitForSelector('table.stock[aria-rowcount="12"] tbody a');
    await expect.poll(() => page.locator('table.stock tbody tr[data-index="0"] a').textContent()).toBe(first);
    await expect.poll(() => page.getByLabel('Usage').inputValue()).toBe('housing');
    const csv = await page.getByRole('link', { name: 'Ces lignes en CSV' }).getAttribute('href');
    const text = await page.evaluate(async (href) => (await fetch(href ?? '')).text(), csv);
    expect(text.trim().split('\r\n')).toHaveLength(12);
    await page.goBack();
    await page.waitForFunction(() => !location.hash.includes('usage'));
    await page.getByLabel('Nom', { exact: true }).fill('rien de tel');
    await page.getByRole('heading', { name: 'Aucun bâtiment ne répond à ces filtres.' }).waitFor();
    expect(errors).toEqual([]);
    await page.close();
  });

  it('sees where its buildings stand, the same in words, and goes to one by the keyboard', async () => {
    const { page, errors } = await at.open();
    await unfold(page, /^La carte\s: 1 bâtiment placé, 600 sans coordonnées/);
    await page.locator('.plan canvas').waitFor();
    await expect
      .poll(() => page.locator('.plan canvas').getAttribute('aria-label'))
      .toMatch(/Plan de 1 bâtiment en 1 groupe\s;/);
    await page.getByLabel('Colorer par').selectOption('intensity');
    await page.locator('.plan canvas').press('+');
    expect(await axeViolations(page)).toEqual([]);
    expect(errors).toEqual([]);
    await page.locator('.plan li a').press('Enter');
    await page.waitForSelector('h2#envelope');
    await page.close();
  });
});

describe('what goes wrong on the way', () => {
  it('a slow line is told as it goes; a server that dies while a file is sent loses nothing', async () => {
    const { page } = await at.open();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 150,
      downloadThroughput: 200_000,
      uploadThroughput: 20_000,
    });
    await add(page, [{ name: 'lent.ifc', mimeType: 'text/plain', buffer: gym }]);
    await file(page, 'lent.ifc')
      .getByText(/envoi [1-9]\d?\s%/)
      .waitFor();
    await at.server.kill();
    await file(page, 'lent.ifc').getByText('Le serveur ne répond pas').waitFor();
    await at.restart();
    await devtools.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 0,
      downloadThroughput: -1,
      uploadThroughput: -1,
    });
    await page.getByRole('button', { name: 'Renvoyer lent.ifc' }).click();
    await file(page, 'lent.ifc')
      .getByText(/perd .*W\/K/)
      .waitFor();
    // The server has it now: a reload finds it again.
    await page.reload();
    await file(page, 'lent.ifc')
      .getByText(/perd .*W\/K/)
      .waitFor();
    await file(page, 'lent.ifc')
      .getByRole('button', { name: /^Retirer/ })
      .click();
    await page.close();
  });

  it('a server that dies while it keeps a sheet: asked again until it answers, every line once', async () => {
    const { page } = await at.open();
    await add(page, [sheet('mort', 400)]);
    await file(page, 'mort.csv').getByText('400 à créer').waitFor();
    await page.getByLabel(/Votre nom/).fill('A. Martin');
    await page.getByRole('button', { name: 'Garder ce qui est prêt (1)' }).click();
    await file(page, 'mort.csv').getByText('enregistrement…').waitFor();
    await at.server.kill();
    await file(page, 'mort.csv').getByText('la page redemande d’elle-même, rien n’est perdu').waitFor();
    await at.restart();
    await file(page, 'mort.csv').getByText('gardé : 400 bâtiments').waitFor();
    await page.waitForSelector('table.stock[aria-rowcount="1002"]');
    await page.close();
  });
});
