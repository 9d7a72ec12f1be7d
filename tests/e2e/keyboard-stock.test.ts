import { describe, expect, it } from 'vitest';
import { demoInto } from '../support/demo-folder.ts';
import { installation } from '../support/installation.ts';
import { chooseAt, heldAt, narrowly, pressAt, shot, stopOf, tabTo, typeAt } from '../support/keys.ts';

const at = installation('keyboard-stock', demoInto);

describe('by keys alone, on the whole stock', () => {
  it('a programme is given its money, computed, explained and accepted', async () => {
    const { page, errors } = await at.open('#/programmes');
    await page.setViewportSize({ width: 640, height: 450 });
    await page.waitForSelector('#kept');
    await page.waitForSelector('.plan tbody a');
    await pressAt(page, /^Changer les réglages et recalculer$/);
    await page.waitForSelector('.budgets .field');
    await typeAt(page, /^Budget \d{4}$/, '120000');
    await typeAt(page, /^Chantiers par an, au plus$/, '2');
    const before = page.url();
    await pressAt(page, /^Calculer le programme$/);
    await page.waitForURL((url) => url.href !== before);
    // The answer is where the focus is.
    await heldAt(page, /^De \d{4} à \d{4}, .*pour .*k€ de travaux/);
    await page.waitForSelector('.plan tbody a');
    await page.waitForLoadState('networkidle');

    // Why a building is in: where its saving comes from, on its own sheet.
    await tabTo(page, /^Bâtiment par bâtiment|Jules-Ferry|Résidence|Gymnase|Musée|Bureaux|Maison|Piscine/);
    await tabTo(page, /MWh/);
    const figure = (await stopOf(page)).name;
    await page.keyboard.press('Enter');
    await page.locator('dialog.sheet').waitFor({ state: 'visible' });
    await heldAt(page, /^Fermer$/);
    await shot(page, 'sheet');
    await page.keyboard.press('Escape');
    await page.locator('dialog.sheet').waitFor({ state: 'hidden' });
    await heldAt(page, figure);
    // Why another is out: a sentence of its line, and the way to the building and back.
    const out = page.locator('.plan tbody tr.out').first();
    expect(((await out.locator('.reason').textContent()) ?? '').length).toBeGreaterThan(20);
    const name = ((await out.locator('a').textContent()) ?? '').trim();
    await pressAt(page, name);
    await page.waitForSelector('h2#scenarios');
    await expect.poll(async () => (await stopOf(page)).name).toContain(name);
    // The key for going back is the browser's own, which one without a window does not have.
    await page.goBack();
    await page.waitForSelector('.plan tbody a');
    await heldAt(page, name);

    await page.waitForLoadState('networkidle');
    await typeAt(page, /^Pourquoi$/, 'conseil du 12 décembre');
    await pressAt(page, /^Accepter ce programme$/);
    await page
      .locator('section[aria-labelledby=acceptance]')
      .getByText(/^Accepté par administrateur local/)
      .waitFor();
    await heldAt(page, /^La décision$/);
    await shot(page, 'accepted');
    expect(await narrowly(page)).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('a key is made and revoked, and the log filtered down to both', async () => {
    const { page, errors } = await at.open('#/administration');
    await page.setViewportSize({ width: 320, height: 640 });
    await pressAt(page, /^Clés$/);
    await page.getByText('Aucune clé.').waitFor();
    await heldAt(page, /^Administration : clés$/);
    await typeAt(page, /^À quoi elle sert$/, 'GTB');
    await tabTo(page, /^envoyer des relevés$/);
    await page.keyboard.press('Space');
    await pressAt(page, /^Créer une clé$/);
    await page.locator('.told code', { hasText: /^stk_/ }).waitFor();
    await heldAt(page, /^Clé « GTB »/);
    await shot(page, 'key');
    await pressAt(page, /^Révoquer : GTB$/);
    await heldAt(page, /^Oui$/);
    await page.keyboard.press('Enter');
    await page.getByText('révoquée').waitFor();
    // The keys of the line have gone: the line itself says what became of it.
    await heldAt(page, /^GTB .*révoquée/);
    await shot(page, 'revoked');

    await pressAt(page, /^Journal$/, 'Shift+Tab');
    await page.waitForSelector('.scroll tbody tr');
    await heldAt(page, /^Administration : journal$/);
    const only = (action: string) =>
      page.waitForFunction((said) => {
        const rows = [...document.querySelectorAll('tbody tr')];
        return rows.length > 0 && rows.every((row) => row.textContent?.includes(said));
      }, action);
    await chooseAt(page, /^Action$/, 'clé révoquée');
    await pressAt(page, /^Filtrer$/);
    await only('clé révoquée');
    await heldAt(page, /^Filtrer$/);
    await chooseAt(page, /^Action$/, 'clé créée', 'Shift+Tab');
    await pressAt(page, /^Filtrer$/);
    await only('clé créée');
    await pressAt(page, /^Vérifier la chaîne/);
    await page.getByText(/^Journal entier/).waitFor();
    await heldAt(page, /^Vérifier la chaîne/);
    expect(await narrowly(page)).toBe(true);
    expect(errors).toEqual([]);
    await page.close();
  });
});
