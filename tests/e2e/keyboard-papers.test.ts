import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { installation } from '../support/installation.ts';
import { chooseAt, heldAt, narrowly, pressAt, shot, stopOf, tabTo, typeAt } from '../support/keys.ts';
import { onboard } from '../support/onboard.ts';
import { faults } from '../support/page.ts';
import { bills, certificate, fetchWeather } from '../support/residence-papers.ts';

const at = installation('keyboard-papers', fetchWeather);
const model = new Uint8Array(
  readFileSync(join(import.meta.dirname, '../../buildings/residence-1972/model.ifc')),
);

/** Opens the chooser of the stop of that name by a key, and gives it the file. */
const giveAt = async (page: Page, name: RegExp, file: string, mimeType: string, buffer: Buffer) => {
  await tabTo(page, name);
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')]);
  await chooser.setFiles({ name: file, mimeType, buffer });
};

/** What a key has done has not thrown the focus back to the start of the page. */
const somewhere = (page: Page): Promise<void> =>
  expect.poll(async () => (await stopOf(page)).name).not.toBe('');

describe('the papers of a building, by keys alone', () => {
  it.each([
    ['on a screen of 320 pixels', 320, 640, 'lilas'],
    ['at 200 % of a screen of 1,280', 640, 450, 'roses'],
  ])('its certificate answers, its bills calibrate: %s', async (where, width, height, id) => {
    await onboard(at.server, { name: 'model.ifc', body: model, id });
    const { page, errors } = await at.open(`#/batiments/${id}`);
    await page.setViewportSize({ width, height });
    await page.waitForSelector('h2#envelope');
    await page.waitForLoadState('networkidle');
    await pressAt(page, /^Revoir et corriger les hypothèses$/);
    await page.waitForSelector('h2#certificate');
    await heldAt(page, new RegExp(id));
    await typeAt(page, /^Votre nom/, 'A. Martin');

    const drop = /^Déposez son DPE/;
    await giveAt(page, drop, 'facture.xml', 'text/xml', Buffer.from('<facture/>'));
    await page.locator('section[aria-labelledby=certificate] [role=alert]').waitFor();
    await heldAt(page, drop);
    await giveAt(page, drop, 'dpe.xml', 'text/xml', certificate);
    await page.getByText('construction : 1972').waitFor();
    await heldAt(page, drop);
    await shot(page, `certificate-${width}`);
    await pressAt(page, /^Répondre par ce DPE$/);
    await page.getByText('Les réponses du DPE sont prises.').waitFor();
    await somewhere(page);
    expect(await narrowly(page), where).toBe(true);

    await pressAt(page, /^Retour au bâtiment$/, 'Shift+Tab');
    await page.waitForSelector('h2#envelope');
    await page.waitForLoadState('networkidle');
    await pressAt(page, /^Voir les compteurs/);
    await page.waitForSelector('h2#add-meter');
    await typeAt(page, /^Code du compteur/, `PCE-${id}`);
    await chooseAt(page, /^Usage/, 'chauffage et eau chaude');
    await pressAt(page, /^Déclarer$/);
    await page.waitForURL(new RegExp(`compteurs/PCE-${id}$`));
    await page.waitForSelector('h2#add-readings');
    await page.waitForLoadState('networkidle');
    await somewhere(page);

    const give = /^Déposez un fichier de relevés/;
    await giveAt(page, give, 'factures.csv', 'text/csv', bills(18));
    await page.getByRole('button', { name: /^Ajouter \d+ relevés/ }).waitFor();
    await heldAt(page, give);
    await shot(page, `bills-${width}`);
    // Given up, it is asked for again.
    await pressAt(page, /^(Ne rien garder|Annuler)/);
    await page.getByRole('button', { name: /^Ajouter \d+ relevés/ }).waitFor({ state: 'detached' });
    await somewhere(page);
    await giveAt(page, give, 'factures.csv', 'text/csv', bills(18));
    await pressAt(page, /^Ajouter \d+ relevés/);
    await page.getByText('factures.csv est gardé').waitFor();
    await page.waitForSelector('section[aria-labelledby=signature] path.bills');
    await somewhere(page);
    await pressAt(page, /^Les factures une à une/);
    await page.getByText('estimée puis relevée').first().waitFor();
    await heldAt(page, /^Les factures une à une/);
    await shot(page, `signature-${width}`);
    expect(await narrowly(page), where).toBe(true);
    // The file that is no certificate was refused by the server.
    expect(faults(errors).filter((line) => !line.includes('422'))).toEqual([]);
    await page.close();
  });
});
