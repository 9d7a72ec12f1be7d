import { describe, expect, it } from 'vitest';
import { installation } from '../support/installation.ts';
import { chooseAt, heldAt, narrowly, pressAt, shot, stopOf, tabTo, typeAt } from '../support/keys.ts';
import { faults } from '../support/page.ts';

const at = installation('keyboard-building');

describe('a building from nothing, by keys alone', () => {
  it.each([
    ['on a screen of 320 pixels', 320, 640, 'Résidence des Lilas', 'residence-des-lilas'],
    ['at 200 % of a screen of 1,280', 640, 450, 'Résidence des Roses', 'residence-des-roses'],
  ])('described, asked about, confirmed, one value of its envelope typed: %s', async (...given) => {
    const [where, width, height, name, id] = given;
    const { page, errors } = await at.open('#/ajouter');
    await page.setViewportSize({ width, height });
    await page.waitForSelector('input#file');
    await pressAt(page, /^Pas de fichier/);
    await page.getByLabel(/^Nom/).waitFor();
    await typeAt(page, /^Nom \(obligatoire\)$/, name);
    await chooseAt(page, /^Usage/, 'Logements');
    await typeAt(page, /^Surface, m²/, '1 250,5');
    await typeAt(page, /^Niveaux/, '4');
    await pressAt(page, /^Voir le jumeau$/);
    await page.waitForSelector('h2#confirm');
    await heldAt(page, new RegExp(`^« ${name} » perd`));
    await page.waitForLoadState('networkidle');

    const title = (await page.textContent('#question-title')) ?? '';
    expect(title).toContain('année');
    await typeAt(page, title.replaceAll(/\s+/g, ' ').trim(), 'avant-hier');
    await page.keyboard.press('Enter');
    await page.locator('#question-problem').waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('1972');
    await pressAt(page, /^Répondre$/);
    await page.waitForFunction(
      (before) => document.querySelector('#question-title')?.textContent !== before,
      title,
    );
    // The next question is where the focus is.
    await expect.poll(async () => (await stopOf(page)).name).toMatch(/\?$/);
    await shot(page, `question-${width}`);
    await typeAt(page, /^Votre nom/, 'A. Martin');
    await pressAt(page, /^Confirmer le jumeau$/);
    await page.waitForURL((url) => url.hash.includes(id));
    await heldAt(page, new RegExp(name));
    await page.waitForSelector('h2#envelope');
    await page.waitForLoadState('networkidle');
    // Still in sight once all that stands above it has come.
    await heldAt(page, new RegExp(name));

    await pressAt(page, /3D/);
    await page.waitForSelector('.space-list');
    await heldAt(page, /3D/);
    await pressAt(page, /^Toiture/);
    await heldAt(page, /^Toiture/);
    // A description has no names of its own: none is shown that the program made up.
    expect(await page.textContent('.space-panel')).not.toContain('roof');
    await shot(page, `element-${width}`);
    await typeAt(page, /^Un U mieux connu/, '99');
    await page.keyboard.press('Enter');
    await page.locator('#space-problem').waitFor();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('0,2');
    await pressAt(page, /^Garder cette valeur$/);
    await page.getByText(/les déperditions passent de/).waitFor();
    await pressAt(page, /^Reprendre la valeur saisie$/);
    await page.locator('.space-panel').getByText('saisi par une personne').waitFor({ state: 'detached' });
    await pressAt(page, /^Fermer$/, 'Shift+Tab');
    // Back on the line it came from, the next one a key away.
    await heldAt(page, /^Toiture/);
    expect(await narrowly(page), where).toBe(true);
    // The year that is none was refused by the server.
    expect(faults(errors).filter((line) => !line.includes('422'))).toEqual([]);
    await page.close();
  });
});

describe('a stock from a sheet, by keys alone', () => {
  it('files are chosen, kept under a name, filtered and gone through', async () => {
    const { page, errors } = await at.open();
    await page.setViewportSize({ width: 640, height: 450 });
    await page.waitForSelector('h1');
    await page.waitForLoadState('networkidle');
    await pressAt(page, /^Ajouter des fichiers/);
    await page.locator('.imports input[type=file]').waitFor();
    await tabTo(page, /^Déposez des fichiers/);
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
    const lines = Array.from({ length: 40 }, (_, i) => `t-${i};Tour ${i};${1000 + i};5;1965;logements`);
    await chooser.setFiles({
      name: 'tours.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        ['code;nom;surface;niveaux;annee;usage', ...lines, 't-x;Tour;;5;1965;logements'].join('\n'),
      ),
    });
    await page.getByText('40 à créer, 1 ligne laissée de côté').waitFor();
    await heldAt(page, /^Déposez des fichiers/);
    await typeAt(page, /^Votre nom/, 'A. Martin');
    await pressAt(page, /^Garder ce qui est prêt \(1\)$/);
    await page.getByText('gardé : 40 bâtiments').waitFor();
    await expect.poll(async () => (await stopOf(page)).name).not.toBe('');
    await shot(page, 'kept');

    await pressAt(page, /^Filtrer/);
    await page.getByLabel('Nom', { exact: true }).waitFor();
    await typeAt(page, /^Nom$/, 'Tour 1');
    await page.waitForSelector('table.stock[aria-rowcount="12"]');
    await heldAt(page, /^Nom$/);
    await pressAt(page, /^Bâtiment$/);
    await page.waitForFunction(() => location.hash.includes('tri=name'));
    await heldAt(page, /^Bâtiment/);
    await tabTo(page, /^Tour 1$/);
    await page.keyboard.press('End');
    await heldAt(page, /^Tour 19$/);
    await shot(page, 'lines');
    await page.keyboard.press('Enter');
    await heldAt(page, /^Tour 19/);
    expect(await narrowly(page)).toBe(true);
    expect(faults(errors)).toEqual([]);
    await page.close();
  });
});
