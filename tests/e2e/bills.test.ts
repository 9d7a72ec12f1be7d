import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { installation } from '../support/installation.ts';
import { axeViolations, faults, unfold } from '../support/page.ts';
import { bills, certificate, fetchWeather } from '../support/residence-papers.ts';

const sample = join(import.meta.dirname, '../../buildings/residence-1972');
const shots = process.env['STACOPTIM_SHOTS'];

const at = installation('bills', fetchWeather);

const shot = async (page: Page, name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: join(shots, `bills-${name}.png`), fullPage: true });
};

const dropBills = async (page: Page, count: number): Promise<void> => {
  await page
    .getByLabel(/Déposez un fichier de relevés/)
    .setInputFiles({ name: 'factures.csv', mimeType: 'text/csv', buffer: bills(count) });
  await page.getByRole('button', { name: /^Ajouter \d+ relevés/ }).click();
  await page.waitForSelector('text=factures.csv est gardé');
};

/** The answer a person with the papers of the residence gives to the question that is shown. */
const answer = async (page: Page): Promise<void> => {
  const title = (await page.textContent('#question-title')) ?? '';
  const choose = (label: RegExp) =>
    page.locator('.question label').filter({ hasText: label }).first().click();
  if (title.includes('année')) await page.locator('.question .field').fill('1972');
  else if (title.includes('valeur U')) await page.locator('.question .field').fill('1,4');
  else if (title.includes('renouvellement')) await page.locator('.question .field').fill('0,6');
  else if (title.includes('utilis') || title.includes('usage') || title.includes('sert'))
    await choose(/logements/);
  else if ((await page.locator('.question input[type=radio]').count()) > 0)
    await page.locator('.question input[type=radio]').first().check();
  else await page.locator('.question .field').fill('40');
  await page.getByRole('button', { name: 'Répondre', exact: true }).click();
  await page.waitForFunction(
    (before) => document.querySelector('#question-title')?.textContent !== before,
    title,
  );
  await page.waitForSelector('h2#questions');
};

const fact = async (page: Page, name: string): Promise<string> =>
  (await page.locator('dl.facts div').filter({ hasText: name }).locator('dd').textContent()) ?? '';

describe('an engineer audits a residence from its model and its bills', () => {
  it('drops, answers, compares and takes the audit away', async () => {
    const { page, errors } = await at.open();
    await page.getByRole('link', { name: 'Ajouter un bâtiment' }).first().click();
    await page.getByLabel(/Déposez un fichier/).setInputFiles({
      name: 'lilas.ifc',
      mimeType: 'application/octet-stream',
      buffer: readFileSync(join(sample, 'model.ifc')),
    });
    await page.waitForSelector('h2#confirm');
    await page.getByLabel(/Votre nom/).fill('A. Martin');
    await page.getByRole('button', { name: /Confirmer le jumeau/ }).click();
    await page.waitForSelector('h2#envelope');
    const home = page.url();

    // What the model leaves open, its certificate answers; the rest a person does.
    await page.getByRole('link', { name: 'Revoir et corriger les hypothèses' }).click();
    await page.waitForSelector('h2#certificate');
    await page
      .getByLabel(/Déposez son DPE/)
      .setInputFiles({ name: 'dpe.xml', mimeType: 'text/xml', buffer: certificate });
    await page.getByText('construction : 1972').waitFor();
    await shot(page, 'certificate');
    expect(await axeViolations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Répondre par ce DPE' }).click();
    await page.getByText('Les réponses du DPE sont prises.').waitFor();
    while ((await page.locator('#question-title').count()) > 0) await answer(page);
    await page.goto(home);
    await page.waitForSelector('h2#envelope');
    await expect.poll(() => page.textContent('.kicker')).toContain('Logements');
    await expect.poll(() => fact(page, 'Consommation')).toContain('Non évalué');
    await expect.poll(() => page.textContent('section[aria-labelledby=signature]')).toContain('six factures');
    const options = () => page.textContent('table.options');
    await expect.poll(options).toContain('Chauffage estimé sans compteur utilisable, par an');
    expect(await options()).not.toMatch(/compteur(?! utilisable)/i);

    await page.getByRole('link', { name: /Voir les compteurs/ }).click();
    await page.getByLabel(/Code du compteur/).fill('PCE-LILAS');
    await page.getByRole('button', { name: 'Déclarer', exact: true }).click();
    // Three bills are kept, and say what they lack.
    await dropBills(page, 3);
    await page
      .locator('section[aria-labelledby=signature] .not-evaluated')
      .filter({ hasText: 'il en faut au moins 6' })
      .waitFor();
    await dropBills(page, 18);
    await page.waitForSelector('section[aria-labelledby=signature] path.bills');
    const signature = () => page.textContent('section[aria-labelledby=signature]');
    await expect.poll(signature).toContain('17 factures');
    await expect
      .poll(signature)
      .toContain('1 facture estimée est réunie à la facture relevée qui la régularise');
    await unfold(page, 'Les factures une à une');
    await page.waitForSelector('text=estimée puis relevée');
    await shot(page, 'meter');
    expect(await axeViolations(page)).toEqual([]);

    await page.goto(home);
    await page.waitForSelector('path.bills');
    await expect.poll(() => fact(page, 'Consommation')).toMatch(/MWh/);
    await expect.poll(() => fact(page, 'météo moyenne')).toMatch(/MWh/);
    await expect.poll(options).toContain('Compteur de chauffage, par an');
    await shot(page, 'building');
    expect(await axeViolations(page)).toEqual([]);
    const id = home.replace(/^.*\/batiments\//, '');
    const building = await page.evaluate<{
      annualKwh: { low: number; high: number };
      calibration: { usesMeter: boolean; bills: number };
    }>(`fetch('v1/buildings/${id}').then((response) => response.json())`);
    expect(building.calibration).toMatchObject({ usesMeter: true });
    expect(building.calibration.bills).toBeGreaterThanOrEqual(11);

    // The works of the sample's truth, declared: their saving is measured by bills.
    await page.getByRole('link', { name: 'Déclarer des travaux' }).click();
    const form = page.locator('section[aria-labelledby=declare]');
    await unfold(form);
    await form.getByLabel('Isolation des murs par l’extérieur', { exact: true }).check();
    await form.getByLabel('Remplacement des fenêtres').check();
    await form.getByLabel('Premier jour').fill('2023-04-17');
    await form.getByLabel('Dernier jour').fill('2023-10-06');
    await form.getByLabel('Pourquoi').fill('procès-verbal de réception');
    await form.getByRole('button', { name: 'Déclarer ces travaux' }).click();
    await page.getByText(/Référence gelée au 16 avr\. 2023/).waitFor();
    await page.locator('h1').filter({ hasText: 'ont économisé' }).waitFor();
    await shot(page, 'results');
    expect(await axeViolations(page)).toEqual([]);
    const [saving] = await page.evaluate<{ savingsPercent: { low: number; high: number } }[]>(
      `fetch('v1/buildings/${id}/savings').then((response) => response.json())`,
    );
    expect(saving?.savingsPercent.low).toBeGreaterThan(0);

    const audit = page.waitForEvent('download');
    await page.goto(home);
    await page.getByRole('link', { name: 'PDF' }).click();
    expect((await audit).suggestedFilename()).toMatch(/\.pdf$/);
    expect(
      readFileSync(await (await audit).path())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    const told = await page.evaluate<string>(
      `fetch('v1/buildings/${id}/report?format=html&lang=fr').then((response) => response.text())`,
    );
    expect(told).toContain('Appris de factures');
    expect(told).toContain('1 réunit des factures estimées');
    expect(told).toMatch(/calés sur \d+ factures/);
    expect(faults(errors)).toEqual([]);
    await page.close();

    const english = await at.open(home.slice(at.server.url.length), {
      language: 'en',
      width: 320,
    });
    await english.page.waitForSelector('path.bills');
    await expect
      .poll(() => english.page.textContent('section[aria-labelledby=signature]'))
      .toContain('Each line is a bill');
    expect(await english.page.evaluate<boolean>('document.documentElement.scrollWidth <= innerWidth')).toBe(
      true,
    );
    await shot(english.page, 'narrow');
    expect(english.errors).toEqual([]);
    await english.page.close();
  }, 600_000);
});
