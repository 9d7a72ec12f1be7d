import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { demoInto } from '../support/demo-folder.ts';
import { chooseAt, heldAt, narrowly, pressAt, shot, tabTo, typeAt, typeDayAt } from '../support/keys.ts';
import { faults, openPage } from '../support/page.ts';
import { serve, type Served } from '../support/served.ts';

const data = mkdtempSync(join(tmpdir(), 'stacoptim-keyboard-building-'));

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

const open = async (path: string, width: number, height: number) => {
  const opened = await openPage(browser, server, path);
  await opened.page.setViewportSize({ width, height });
  return opened;
};

const urlAfter = async (page: Page, act: () => Promise<void>): Promise<string> => {
  const before = page.url();
  await act();
  await page.waitForURL((url) => url.href !== before);
  return page.url();
};

describe('by keys alone, on one building', () => {
  it('a building is added from the short form, to a confirmed twin', async () => {
    const { page, errors } = await open('#/ajouter', 320, 640);
    await page.waitForSelector('#file');
    await pressAt(page, /^Pas de fichier \? Décrire le bâtiment$/);
    await page.waitForSelector('.grid-form');
    await typeAt(page, /^Nom/, 'Résidence du Clavier');
    await chooseAt(page, /^Usage/, 'Logements');
    await typeAt(page, /^Surface, m²/, '1 250,5');
    await typeAt(page, /^Niveaux/, '4');
    await pressAt(page, /^Voir le jumeau$/);
    await page.waitForSelector('h2#confirm');
    // The answer of the page is where the focus is: the form that was sent has gone.
    await heldAt(page, /« Résidence du Clavier » perd/);
    const question = (await page.textContent('#question-title')) ?? '';
    expect(question).toContain('année');
    await shot(page, 'preflight');
    await typeAt(page, /année/, '1972');
    await pressAt(page, /^Répondre$/);
    await page.getByText('Réponse prise en compte.').waitFor({ state: 'attached' });
    await page.waitForFunction(
      (asked) => document.querySelector('#question-title')?.textContent !== asked,
      question,
    );
    // The next question has the focus, or what is said where none is left.
    await heldAt(page, /\?$|^Ce qu’il serait utile de savoir$/);
    await typeAt(page, /^Votre nom/, 'A. Martin');
    await pressAt(page, /^Confirmer le jumeau$/);
    await page.waitForURL(/batiments\/residence-du-clavier/);
    await page.waitForSelector('h2#envelope');
    await heldAt(page, /Résidence du Clavier/);
    expect(await narrowly(page)).toBe(true);
    expect(faults(errors)).toEqual([]);
    await page.close();
  });

  it('readings are looked at closer, a doubtful one is decided, and the decision taken back', async () => {
    const { page, errors } = await open('#/batiments/ecole-1958', 640, 450);
    await page.waitForSelector('h2#measured');
    await pressAt(page, /Voir les compteurs/);
    await page.waitForSelector('section[aria-labelledby=readings] canvas');
    await page.waitForSelector('section[aria-labelledby=residuals] canvas');
    await heldAt(page, /^Compteur de gaz/);
    // Twice closer: the focus stays on the key that is pressed again.
    await tabTo(page, /^Plus près$/);
    const nearer = () => urlAfter(page, () => page.keyboard.press('Enter'));
    expect(await nearer()).toMatch(/compteurs\/ecole-1958-gas\?du=/);
    await heldAt(page, /^Plus près$/);
    await nearer();
    await heldAt(page, /^Plus près$/);
    await tabTo(page, /^Relevés par/);
    await page.keyboard.press('Home');
    const said = () => page.evaluate(() => document.activeElement?.getAttribute('aria-valuetext'));
    await expect.poll(said).toMatch(/kWh par jour/);
    const first = await said();
    await page.keyboard.press('ArrowRight');
    await expect.poll(said).not.toBe(first);
    await shot(page, 'chart');
    await tabTo(page, /^Tout$/, 'Shift+Tab');
    expect(await urlAfter(page, () => page.keyboard.press('Enter'))).not.toContain('du=');
    await heldAt(page, /^Tout$/);

    await pressAt(page, /^valeur extrême/);
    await pressAt(page, /^Trancher : /);
    await page.getByText(/^Vous signez «/).waitFor();
    await tabTo(page, /^Les exclure des calculs$/);
    await page.keyboard.press('ArrowUp');
    await heldAt(page, /^Les garder : ils sont vrais$/);
    await typeAt(page, /^Pourquoi$/, 'école fermée ces jours-là');
    await pressAt(page, /^Décider$/);
    await page.locator('summary', { hasText: /^Décisions prises : 1$/ }).waitFor();
    // What was decided is read where it was decided.
    await heldAt(page, /\(décision n° \d+\)/);
    await shot(page, 'decided');
    await pressAt(page, /^Décisions prises/);
    await pressAt(page, /^Reprendre : décision \d+$/);
    await typeAt(page, /^Pourquoi$/, 'elle était ouverte');
    await pressAt(page, /^Reprendre cette décision$/);
    await page.getByText(/Reprise par administrateur local/).waitFor();
    await heldAt(page, /Reprise par administrateur local/);
    await pressAt(page, /^École Jules-Ferry/, 'Shift+Tab');
    await page.waitForSelector('h2#envelope');
    await heldAt(page, /École Jules-Ferry/);
    expect(errors).toEqual([]);
    await page.close();
  });

  it('works and an event are declared, and the event is opened again', async () => {
    const museum = await open('#/batiments/musee-pierre/resultats', 640, 450);
    await museum.page.waitForSelector('h2#declare');
    await pressAt(museum.page, /^Des travaux commencent ou sont finis/);
    await museum.page.getByLabel('Remplacement des fenêtres').waitFor();
    await tabTo(museum.page, /^Remplacement des fenêtres$/);
    await museum.page.keyboard.press('Space');
    await typeDayAt(museum.page, /^Premier jour$/, '2024-10-01');
    await typeDayAt(museum.page, /^Dernier jour$/, '2024-10-20');
    await typeAt(museum.page, /^Pourquoi$/, 'procès-verbal de réception');
    await pressAt(museum.page, /^Déclarer ces travaux$/);
    await museum.page.getByText(/Référence gelée au 30 sept\. 2024 sur \d+ compteur/).waitFor();
    await expect.poll(() => museum.page.textContent('h1')).toContain('travaux de 2024');
    await heldAt(museum.page, /^Déclarer ces travaux$/);
    expect(await narrowly(museum.page)).toBe(true);
    expect(museum.errors).toEqual([]);
    await museum.page.close();

    const { page, errors } = await open('#/batiments/ecole-1958/resultats', 640, 450);
    await page.waitForSelector('#learnt');
    await pressAt(page, /^Déclarer un évènement$/);
    await typeDayAt(page, /^Du$/, '2024-02-01');
    await typeDayAt(page, /^Au$/, '2024-02-20');
    await typeAt(page, /^Pourquoi$/, 'chaudière de secours');
    await pressAt(page, /^Déclarer$/);
    await page.getByText('La même sans les ajustements').waitFor();
    await heldAt(page, /^Déclarer un évènement$/);
    await pressAt(page, /^Rouvrir : 1er? févr\. 2024$/, 'Shift+Tab');
    await typeAt(page, /^Pourquoi$/, 'erreur de date');
    await pressAt(page, /^Rouvrir$/);
    await page.getByText('La même sans les ajustements').waitFor({ state: 'detached' });
    // The event has gone with its keys: the list it stood in has the focus.
    await heldAt(page, /^Les évènements$/);
    await shot(page, 'reopened');
    expect(errors).toEqual([]);
    await page.close();
  });

  it('an element of the envelope is chosen, given a better U, which is taken back', async () => {
    const { page, errors } = await open('#/batiments/ecole-1958', 1280, 720);
    await page.waitForSelector('h2#envelope');
    await pressAt(page, /^Voir l’enveloppe en 3D/);
    await page.waitForSelector('.space-list');
    await page.waitForLoadState('networkidle');
    await pressAt(page, /^Toiture/);
    const chosen = ((await page.textContent('#space-element')) ?? '').trim();
    await heldAt(page, /^Toiture/);
    await typeAt(page, /^Un U mieux connu/, '0,2');
    await pressAt(page, /^Garder cette valeur$/);
    await page.getByText(/les déperditions passent de/).waitFor();
    await heldAt(page, /^Garder cette valeur$/);
    await shot(page, 'element');
    await pressAt(page, /^Reprendre la valeur saisie$/);
    await page.locator('.space-panel').getByText('saisi par une personne').waitFor({ state: 'detached' });
    await heldAt(page, /^Toiture/);
    await pressAt(page, /^Fermer$/);
    // Back on the line of the list it was opened from.
    await page.waitForSelector('.space-panel', { state: 'detached' });
    expect(await page.evaluate(() => document.activeElement?.closest('.space-list') !== null)).toBe(true);
    await heldAt(page, chosen);
    expect(faults(errors)).toEqual([]);
    await page.close();
  });
});
